package dev.stabilitylab.lab.world;

import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services, in the order of their ports. */
public enum Service {
    /** Knows whose token it is. */
    AUTH(8000, "/authenticate"),
    /** Composes the page. */
    HOMEPAGE(8001, "/home"),
    /** Slow: computed for a user. */
    RECOMMENDATIONS(8002, "/recommendations"),
    /** Fast: one list for all. */
    POPULARITY(8003, "/popular-items");

    /** How far the management port is above the port of the users. */
    public static final int MANAGEMENT = 1000;

    /** The highest port of the users that leaves room for the management port. */
    public static final int MAX_PORT = 65535 - MANAGEMENT;

    private final int port;
    private final String path;

    Service(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /** As it stands in scripts, properties and log files, e.g. {@code homepage}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path that it is there for, e.g. {@code /home}. */
    public String path() {
        return path;
    }

    /** Its own port without an offset; for the homepage the port of the first instance. */
    public int port() {
        return port;
    }

    /**
     * The address of a service's actuator.
     *
     * @param baseUrl the address that its users call
     */
    public static URI management(URI baseUrl) {
        int standardPort = baseUrl.getScheme().equals("https") ? 443 : 80;
        int port = baseUrl.getPort() < 0 ? standardPort : baseUrl.getPort();
        return URI.create("%s://%s:%d".formatted(baseUrl.getScheme(), baseUrl.getHost(), port + MANAGEMENT));
    }

    /** The module it is built from, which is also the name of its jar. */
    public String module() {
        return text() + "-service";
    }

    /** The services it calls, each through the fault injector. */
    public Set<Service> calls() {
        return switch (this) {
            case AUTH -> EnumSet.noneOf(Service.class);
            case RECOMMENDATIONS, POPULARITY -> EnumSet.of(AUTH);
            case HOMEPAGE -> upstreams();
        };
    }

    /** The services that others call, and that can therefore be broken. */
    public static Set<Service> upstreams() {
        return EnumSet.of(AUTH, RECOMMENDATIONS, POPULARITY);
    }

    /**
     * The name itself, when it is that of an upstream.
     *
     * @throws WorldException when it is not
     */
    public static String requireUpstream(String name) {
        if (upstreams().stream().noneMatch(upstream -> upstream.text().equals(name))) {
            throw new WorldException(
                    "There is no upstream %s; the upstreams are %s.".formatted(name, names(upstreams())));
        }
        return name;
    }

    /** The service with this name. */
    public static Optional<Service> named(String text) {
        return Stream.of(values())
                .filter(service -> service.text().equals(text))
                .findFirst();
    }

    /** The names of the services, for messages. */
    public static String names(Set<Service> services) {
        return services.stream().map(Service::text).collect(Collectors.joining(", "));
    }
}
