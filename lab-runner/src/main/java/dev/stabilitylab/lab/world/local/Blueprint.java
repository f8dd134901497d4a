package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a script asks for into processes with arguments. */
final class Blueprint {

    static final String INJECTOR = "fault-injector";

    private final SystemSpec system;
    private final Ports ports;

    /** Refuses settings for a service that does not exist. */
    Blueprint(SystemSpec system, Ports ports) {
        this.system = system;
        this.ports = ports;
        system.settings().keySet().forEach(Blueprint::requireService);
    }

    /** All parts. The homepages come first: they take longest to start. */
    List<PartSpec> parts() {
        List<PartSpec> parts = new ArrayList<>();
        for (int instance = 1; instance <= system.homepages(); instance++) {
            parts.add(service("homepage-" + instance, Service.HOMEPAGE, ports.homepage(instance)));
        }
        for (Service service : Service.upstreams()) {
            parts.add(service(service.text(), service, ports.of(service)));
        }
        parts.add(injector());
        return List.copyOf(parts);
    }

    private PartSpec service(String name, Service service, int port) {
        Map<String, String> own = own(service, port);
        Map<String, String> all = new LinkedHashMap<>(system.settings().getOrDefault(service.text(), Map.of()));
        own.forEach((key, value) -> {
            if (all.put(key, value) != null) {
                throw new WorldException("The setting %s of %s cannot be changed: the lab sets it to %s."
                        .formatted(key, service.text(), value));
            }
        });
        List<String> arguments = all.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toList();
        URI baseUrl = Ports.local(port);
        return new PartSpec(
                name,
                service.module(),
                arguments,
                baseUrl,
                Service.management(baseUrl).resolve("/actuator/health/readiness"));
    }

    /** What the lab depends on, and a script may therefore not change. */
    private Map<String, String> own(Service service, int port) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("server.port", Integer.toString(port));
        own.put("server.address", "127.0.0.1");
        own.put("management.server.port", Integer.toString(port + Service.MANAGEMENT));
        own.put("management.server.address", "127.0.0.1");
        own.put("service-kit.stop-when-orphaned", "true");
        for (Service upstream : service.calls()) {
            own.put(
                    "api-client.upstreams." + upstream.text() + ".base-url",
                    Ports.local(ports.injected(upstream)).toString());
        }
        if (!service.calls().isEmpty()) {
            own.put("api-client.policy-switching", "true");
        }
        if (Service.upstreams().contains(service)) {
            own.put("service-kit.fault-switching", "true");
        }
        return own;
    }

    private PartSpec injector() {
        List<String> arguments = new ArrayList<>(
                List.of("--host", "127.0.0.1", "--port", Integer.toString(ports.injector()), "--stop-when-orphaned"));
        for (Service upstream : Service.upstreams()) {
            arguments.add("--proxy");
            arguments.add("%s=127.0.0.1:%d,127.0.0.1:%d"
                    .formatted(upstream.text(), ports.injected(upstream), ports.of(upstream)));
        }
        URI baseUrl = Ports.local(ports.injector());
        return new PartSpec(INJECTOR, INJECTOR, List.copyOf(arguments), baseUrl, baseUrl.resolve("/version"));
    }

    private static void requireService(String name) {
        if (Service.named(name).isEmpty()) {
            throw new WorldException("There are settings for a service %s; the services are %s."
                    .formatted(name, Service.names(EnumSet.allOf(Service.class))));
        }
    }
}
