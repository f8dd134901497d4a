package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.control.ConfigFile;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say which proxies there are from the start, and where later ones may connect to. What cannot be used is an {@link
 * IllegalArgumentException}.
 */
final class ProxyOptions {

    private static final String ANY = "any";
    private static final Pattern PROXY = Pattern.compile("([^=]+)=([^,]+),([^,]+)");

    @Option(
            names = "--proxy",
            paramLabel = "NAME=LISTEN,UPSTREAM",
            description = "A proxy, e.g. auth=127.0.0.1:18000,127.0.0.1:8000. Can be given many times.")
    private List<ProxySettings> proxies = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Proxies from a file: a JSON array of objects with name, listen, upstream, enabled and toxics.")
    private @Nullable Path config;

    @Option(
            names = "--allow-upstream",
            paramLabel = "HOST:PORT",
            description =
                    "An address to which proxies that are added later may connect, besides those of this machine and of"
                            + " --proxy and --config; can be given many times. \"any\" allows all.")
    private List<String> allowedUpstreams = new ArrayList<>();

    @Option(
            names = "--allow-listen",
            paramLabel = "HOST:PORT",
            description =
                    "An address at which proxies that are added later may listen, besides loopback addresses and those of"
                            + " --proxy and --config; can be given many times. \"any\" allows all.")
    private List<String> allowedListens = new ArrayList<>();

    /** Reads {@code NAME=LISTEN,UPSTREAM}. */
    static ProxySettings proxy(String value) {
        Matcher matcher = PROXY.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "it is \"%s\"; it must be NAME=LISTEN,UPSTREAM, e.g. auth=127.0.0.1:18000,127.0.0.1:8000"
                            .formatted(value));
        }
        try {
            return new ProxySettings(
                    matcher.group(1), Address.listen(matcher.group(2)), Address.upstream(matcher.group(3)), true);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"%s\": %s".formatted(value, e.getMessage()));
        }
    }

    /** The file of {@code --config}, if it was given; it is not read yet. */
    Optional<ConfigFile> configFile() {
        List<String> names = proxies.stream().map(ProxySettings::name).toList();
        return Optional.ofNullable(config)
                .map(path -> new ConfigFile(path, names, fromFile -> allowed(withOptions(fromFile))));
    }

    /** The proxies that there are from the start. */
    List<WantedProxy> wanted(Optional<ConfigFile> file) {
        Set<String> names = new HashSet<>();
        for (ProxySettings settings : proxies) {
            if (!names.add(settings.name())) {
                throw new IllegalArgumentException(
                        "proxy %s is there twice; names must differ".formatted(settings.name()));
            }
        }
        return withOptions(file.map(ConfigFile::load).orElse(List.of()));
    }

    private List<WantedProxy> withOptions(List<WantedProxy> fromFile) {
        return Stream.concat(proxies.stream().map(WantedProxy::lasting), fromFile.stream())
                .toList();
    }

    /** Where proxies may connect to and listen: those from the start, and later ones. */
    AllowedAddresses allowed(List<WantedProxy> wanted) {
        List<Address> upstreams = addresses("--allow-upstream", allowedUpstreams, Address::upstream);
        List<Address> listens = addresses("--allow-listen", allowedListens, Address::listen);
        for (WantedProxy proxy : wanted) {
            upstreams.add(proxy.settings().upstream());
            listens.add(proxy.settings().listen().given());
        }
        AllowedAddresses allowed =
                AllowedAddresses.loopback().andUpstreams(upstreams).andListens(listens);
        allowed = allowedUpstreams.contains(ANY) ? allowed.andAnyUpstream() : allowed;
        return allowedListens.contains(ANY) ? allowed.andAnyListen() : allowed;
    }

    private static List<Address> addresses(String option, List<String> texts, Function<String, Address> reader) {
        List<Address> all = new ArrayList<>();
        for (String text : texts.contains(ANY) ? List.<String>of() : texts) {
            try {
                all.add(reader.apply(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: %s, or \"any\"".formatted(option, e.getMessage()), e);
            }
        }
        return all;
    }
}
