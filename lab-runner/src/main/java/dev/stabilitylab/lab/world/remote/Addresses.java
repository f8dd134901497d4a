package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a system is.
 *
 * @param homepages as they were given; see {@link HomepagePattern}
 * @param injector the fault injector's control API
 * @param services behind the homepages, by the names of the upstreams; for what a script does to them, and for how much they work
 * @param grafana null for none
 */
public record Addresses(
        List<HomepagePattern> homepages,
        URI injector,
        Map<String, URI> services,
        @Nullable URI grafana) {

    static final String HOMEPAGES = "homepages";
    static final String INJECTOR = "fault-injector";
    static final String GRAFANA = "grafana";

    private static final int INJECTOR_PORT = 8474;
    private static final URI LOCAL_GRAFANA = URI.create("http://127.0.0.1:3000");

    /**
     * Addresses from a file, from the environment, or those that {@code ./lab up} has on this machine. What the environment says wins, key by key, over the file, and the file over the defaults.
     *
     * @param file in the format of {@link java.util.Properties}; null for none
     * @param environment of which {@code LAB_HOMEPAGES}, {@code LAB_FAULT_INJECTOR}, {@code LAB_AUTH}, {@code LAB_RECOMMENDATIONS},
     *     {@code LAB_POPULARITY} and {@code LAB_GRAFANA} are used
     * @param portOffset the one of {@code ./lab up}, added to the ports of the defaults
     * @throws WorldException when an address cannot be one
     */
    public static Addresses read(@Nullable Path file, Map<String, String> environment, int portOffset) {
        AddressSource source = new AddressSource(file, environment);
        @Nullable Setting homepages = source.get(HOMEPAGES);
        @Nullable Setting injector = source.get(INJECTOR);
        @Nullable Setting grafana = source.get(GRAFANA);
        return new Addresses(
                homepages == null ? onThisMachine(portOffset) : patterns(homepages),
                injector == null ? local(INJECTOR_PORT + portOffset) : base(injector),
                services(source, portOffset),
                grafana == null ? LOCAL_GRAFANA : grafana.value().isEmpty() ? null : base(grafana));
    }

    private static Map<String, URI> services(AddressSource source, int portOffset) {
        Map<String, URI> services = new TreeMap<>();
        for (Service service : Service.upstreams()) {
            @Nullable Setting setting = source.get(service.text());
            services.put(service.text(), setting == null ? local(service.port() + portOffset) : service(setting));
        }
        return services;
    }

    /** The instances of {@code ./lab up} have ports ten apart. At 8001 there may also be the front door of the compose file. */
    private static List<HomepagePattern> onThisMachine(int portOffset) {
        return IntStream.rangeClosed(0, 7)
                .mapToObj(instance -> HomepagePattern.optional(local(8001 + 10 * instance + portOffset)))
                .toList();
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static List<HomepagePattern> patterns(Setting homepages) {
        return Arrays.stream(homepages.value().split(",", -1))
                .map(String::strip)
                .flatMap(text -> HomepagePattern.parse(homepages.with(text)))
                .toList();
    }

    /** The address of a service, which has its management port above its own. */
    static URI service(Setting setting) {
        URI uri = base(setting);
        if (uri.getPort() > Service.MAX_PORT) {
            throw new WorldException(
                    "%s is \"%s\"; its port must be at most %d, since the management port is %d above it."
                            .formatted(setting.name(), setting.value(), Service.MAX_PORT, Service.MANAGEMENT));
        }
        return uri;
    }

    /** The address of a server, without a path. */
    static URI base(Setting setting) {
        try {
            URI uri = new URI(setting.value());
            boolean plain = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= 65535
                    && uri.getPort() != 0
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
            if (plain) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // Said below.
        }
        throw new WorldException(
                "%s is \"%s\"; it must be the address of a server, without a path, such as http://127.0.0.1:8001."
                        .formatted(setting.name(), setting.value()));
    }

    /**
     * A value, with the name under which a person knows it.
     *
     * @param name e.g. {@code LAB_HOMEPAGES} or {@code homepages in system.properties}
     */
    record Setting(String name, String value) {

        Setting with(String other) {
            return new Setting(name, other);
        }
    }
}
