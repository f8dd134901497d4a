package dev.stabilitylab.lab.script;

import java.util.ArrayList;
import java.util.List;

/** The services that a script may name. */
final class Upstreams {

    /** The services that the homepage calls, each through the fault injector. */
    static final List<String> NAMES = List.of("auth", "recommendations", "popularity");

    /** The services that may be given settings. */
    static final List<String> SERVICES = List.of("auth", "homepage", "recommendations", "popularity");

    private Upstreams() {}

    /** A list of upstreams, at least one and each only once. */
    static List<String> list(Value value) {
        List<String> names = new ArrayList<>();
        value.list().ifPresent(items -> {
            if (items.isEmpty()) {
                value.problems().add(value.line(), value.path() + " is empty; it must name at least one upstream");
            }
            for (Value item : items) {
                item.text().filter(name -> isKnown(item, name)).ifPresent(name -> {
                    if (names.contains(name)) {
                        item.refuse("it is there already");
                    }
                    names.add(name);
                });
            }
        });
        return List.copyOf(names);
    }

    /** Everybody who calls this upstream. */
    static List<String> callersOf(String upstream) {
        return upstream.equals("auth")
                ? List.of(PolicyTarget.HOMEPAGE, "recommendations", "popularity")
                : List.of(PolicyTarget.HOMEPAGE);
    }

    /** Notes every name that is not one of an upstream. */
    static boolean isKnown(Value value, String name) {
        if (!NAMES.contains(name)) {
            value.refuse("there is no such upstream" + Texts.suggestion(name, NAMES));
        }
        return NAMES.contains(name);
    }
}
