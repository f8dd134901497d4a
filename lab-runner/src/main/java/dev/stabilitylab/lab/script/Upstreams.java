package dev.stabilitylab.lab.script;

import java.util.List;

/** The services that a script may name. */
final class Upstreams {

    /** The services that the homepage calls, each through the fault injector. */
    static final List<String> NAMES = List.of("auth", "recommendations", "popularity");

    /** The services that may be given settings. */
    static final List<String> SERVICES = List.of("auth", "homepage", "recommendations", "popularity");

    private Upstreams() {}

    /** Notes every name that is not one of an upstream. */
    static boolean isKnown(Value value, String name) {
        if (!NAMES.contains(name)) {
            value.refuse("there is no such upstream" + Texts.suggestion(name, NAMES));
        }
        return NAMES.contains(name);
    }
}
