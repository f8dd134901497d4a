package dev.stabilitylab.auth;

import dev.stabilitylab.auth.AuthProperties.Entry;
import dev.stabilitylab.servicekit.access.Token;
import dev.stabilitylab.servicekit.settings.Settings;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Turns one entry of the configuration into a user, or says which key has which value that it must not have. */
final class UserParser {

    private final int index;
    private final Entry entry;

    UserParser(int index, Entry entry) {
        this.index = index;
        this.entry = entry;
    }

    User parse() {
        if (entry.name().isBlank()) {
            throw invalid("name", "is blank; every user needs one");
        }
        if (!Token.isValid(entry.token())) {
            String shown = entry.token().isBlank() ? "is blank" : "is malformed (its value is not shown)";
            throw invalid(
                    "token", shown + "; it must be 1 to %d letters, digits or -._~+/".formatted(Token.MAX_LENGTH));
        }
        return new User(uuid(), permissions());
    }

    /** An error in this entry, without its token. */
    RuntimeException invalid(String key, String problem) {
        String who = entry.name().isBlank() ? "" : " of " + entry.name();
        return Settings.invalid("auth.users[%d].%s%s %s".formatted(index, key, who, problem));
    }

    private UUID uuid() {
        String uuid = entry.uuid();
        if (uuid == null) {
            throw invalid("uuid", "is missing; every user needs one");
        }
        try {
            return UUID.fromString(uuid);
        } catch (IllegalArgumentException malformed) {
            throw invalid("uuid", "is %s; it must be a UUID".formatted(uuid));
        }
    }

    private Set<Permission> permissions() {
        Set<Permission> permissions = new LinkedHashSet<>();
        for (String name : entry.permissions()) {
            permissions.add(Permission.named(name).orElseThrow(() -> unknown(name)));
        }
        return Collections.unmodifiableSet(permissions);
    }

    private RuntimeException unknown(String permission) {
        List<String> known =
                List.of(Permission.values()).stream().map(Permission::wireName).toList();
        return invalid("permissions", "has %s; known are %s".formatted(permission, String.join(", ", known)));
    }
}
