package dev.stabilitylab.lab.cli;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.local.LocalWorld;
import dev.stabilitylab.lab.world.local.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code ./lab up} says once all is ready: where everything is, and what to try. */
final class UpSummary {

    private static final String INJECTOR_PATH = "/proxies";

    private UpSummary() {}

    static String of(LocalWorld world, Path logs) {
        return of(world.parts(), world.homepages().get(0), logs);
    }

    /** The same, from what it takes of a world. */
    static String of(List<Part> parts, Instance homepage, Path logs) {
        Stream<String> lines = Stream.of(
                        Stream.of(""),
                        parts.stream().map(UpSummary::row),
                        Stream.of("", "Metrics for Prometheus:"),
                        parts.stream().map(UpSummary::metrics),
                        Stream.of(
                                "",
                                "Policies and breakers:   "
                                        + homepage.management().resolve("/actuator/upstreams"),
                                "Logs:                    " + logs,
                                "",
                                "Ask for a page, break an upstream, ask again, and mend it:",
                                "  curl -i -H 'Authorization: Token 0x132' "
                                        + homepage.baseUrl().resolve("/home"),
                                switchRecommendations(parts, false),
                                switchRecommendations(parts, true),
                                "",
                                "Play an outage against it, from another terminal:",
                                "  ./lab run recommendations-outage --attach" + offset(homepage),
                                "",
                                "Ctrl-C stops everything."))
                .flatMap(section -> section);
        return lines.collect(Collectors.joining("\n"));
    }

    private static String row(Part part) {
        String path = service(part).map(Service::path).orElse(INJECTOR_PATH);
        return "  %-16s %-42s ready %s after its start"
                .formatted(part.name(), part.baseUrl().resolve(path), seconds(part.readyAfter()));
    }

    private static String metrics(Part part) {
        URI metrics = service(part).isPresent()
                ? Service.management(part.baseUrl()).resolve("/actuator/prometheus")
                : part.baseUrl().resolve("/metrics");
        return "  " + metrics;
    }

    private static String offset(Instance homepage) {
        int offset = homepage.baseUrl().getPort() - Service.HOMEPAGE.port();
        return offset == 0 ? "" : " --port-offset " + offset;
    }

    private static String switchRecommendations(List<Part> parts, boolean enabled) {
        URI injector = parts.stream()
                .filter(part -> service(part).isEmpty())
                .findFirst()
                .orElseThrow()
                .baseUrl();
        return "  curl -s -X POST %s -d '{\"enabled\": %s}'"
                .formatted(injector.resolve(INJECTOR_PATH + "/" + Service.RECOMMENDATIONS.text()), enabled);
    }

    /** The service that a part is an instance of; none for the fault injector. */
    private static Optional<Service> service(Part part) {
        return Stream.of(Service.values())
                .filter(service -> part.name().startsWith(service.text()))
                .findFirst();
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
