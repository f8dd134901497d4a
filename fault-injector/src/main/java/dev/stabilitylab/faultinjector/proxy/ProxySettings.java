package dev.stabilitylab.faultinjector.proxy;

import java.util.regex.Pattern;

/**
 * What a proxy is, apart from its toxics.
 *
 * @param name 1 to 100 letters, digits, dots, colons, hyphens or underscores
 * @param enabled whether it listens; otherwise its port refuses
 */
public record ProxySettings(String name, Address listen, Address upstream, boolean enabled) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /** Refuses, with an {@link IllegalArgumentException}, a malformed name and a proxy that would connect to itself. */
    public ProxySettings {
        requireName("a proxy", name);
        if (listen.equals(upstream)) {
            throw new IllegalArgumentException(
                    "%s listens at %s and has it as its upstream too; it would connect to itself"
                            .formatted(name, listen));
        }
    }

    static void requireName(String owner, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of %s is \"%s\"; it must be 1 to 100 letters, digits, dots, colons, hyphens or underscores"
                            .formatted(owner, name));
        }
    }

    ProxySettings withEnabled(boolean other) {
        return new ProxySettings(name, listen, upstream, other);
    }

    ProxySettings withListen(Address other) {
        return new ProxySettings(name, other, upstream, enabled);
    }

    boolean hasSameAddresses(ProxySettings other) {
        return listen.equals(other.listen) && upstream.equals(other.upstream);
    }
}
