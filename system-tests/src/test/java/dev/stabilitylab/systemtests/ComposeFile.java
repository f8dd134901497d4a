package dev.stabilitylab.systemtests;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A compose file, as it was written but for anchors and merged keys, and with the defaults of its variables. */
record ComposeFile(YamlMap content) {

    static ComposeFile parse(String text) {
        return new ComposeFile(YamlMap.parse(text.replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1")));
    }

    boolean has(String key) {
        return content.has(key);
    }

    List<Service> services() {
        YamlMap services = content.map("services");
        return services.keys().stream()
                .map(name -> new Service(name, services.map(name)))
                .toList();
    }

    Optional<Service> find(String name) {
        return services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst();
    }

    /** The services whose images are built here, and not somebody else's. */
    Stream<Service> builtHere() {
        return services().stream().filter(service -> service.settings().has("build"));
    }

    /** One service and all that is set for it. */
    record Service(String name, YamlMap settings) {}
}
