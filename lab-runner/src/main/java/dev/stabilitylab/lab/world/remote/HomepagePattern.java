package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.remote.Addresses.Setting;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where instances of the homepage may be. A host name that has several addresses stands for an instance at each of them.
 *
 * @param baseUrl e.g. {@code http://homepage:8001}
 * @param required whether an instance must be there
 */
record HomepagePattern(URI baseUrl, boolean required) {

    private static final Pattern PORTS = Pattern.compile("(.*):([0-9]{1,5})-([0-9]{1,5})/?");
    private static final int MAX_PORTS = 100;

    static HomepagePattern optional(URI baseUrl) {
        return new HomepagePattern(baseUrl, false);
    }

    /** One for an address; for a range of ports, as in {@code http://127.0.0.1:8011-8018}, one for each that may have an instance. */
    static Stream<HomepagePattern> parse(Setting setting) {
        Matcher range = PORTS.matcher(setting.value());
        if (!range.matches()) {
            return Stream.of(new HomepagePattern(Addresses.service(setting), true));
        }
        int first = Integer.parseInt(range.group(2));
        int last = Integer.parseInt(range.group(3));
        if (first < 1 || last > 65535 || first > last || last - first >= MAX_PORTS) {
            throw new WorldException(
                    "%s is \"%s\"; a range of ports must rise, have at most %d of them, and stay within 1 to 65535."
                            .formatted(setting.name(), setting.value(), MAX_PORTS));
        }
        return IntStream.rangeClosed(first, last)
                .mapToObj(port -> optional(Addresses.service(setting.with(range.group(1) + ":" + port))));
    }
}
