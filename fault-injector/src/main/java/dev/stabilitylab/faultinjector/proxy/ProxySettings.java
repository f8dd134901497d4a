package dev.stabilitylab.faultinjector.proxy;

/**
 * What a proxy is, apart from its toxics.
 *
 * @param name 1 to 200 characters, none of them a control character
 * @param enabled whether it listens; otherwise its port refuses
 */
public record ProxySettings(String name, ListenAddress listen, Address upstream, boolean enabled) {

    private static final int MAX_NAME_LENGTH = 200;

    /** Refuses, with an {@link IllegalArgumentException}, a malformed name and a proxy that would connect to itself. */
    public ProxySettings {
        requireName("a proxy", name);
        if (listen.given().equals(upstream)) {
            throw new IllegalArgumentException(
                    "%s listens at %s and has it as its upstream too; it would connect to itself"
                            .formatted(name, listen));
        }
    }

    /** Settings with an address that has not been looked up; which is enough when it is an IP address. */
    public ProxySettings(String name, Address listen, Address upstream, boolean enabled) {
        this(name, ListenAddress.of(listen), upstream, enabled);
    }

    static void requireName(String owner, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "name of %s is \"%s\"; it must be 1 to %d characters, none of them a control character"
                            .formatted(owner, printable(name), MAX_NAME_LENGTH));
        }
        // No URL can say such a name, so nobody could remove what has it.
        if (name.codePoints().anyMatch(value -> Character.getType(value) == Character.SURROGATE)) {
            throw new IllegalArgumentException(
                    "name of %s has half of a surrogate pair; it must be valid Unicode".formatted(owner));
        }
    }

    private static String printable(String name) {
        String shown = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) + "…" : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    ProxySettings withEnabled(boolean other) {
        return new ProxySettings(name, listen, upstream, other);
    }

    ProxySettings withListen(ListenAddress other) {
        return new ProxySettings(name, other, upstream, enabled);
    }
}
