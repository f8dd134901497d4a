package dev.stabilitylab.auth;

import dev.stabilitylab.auth.AuthProperties.Entry;
import dev.stabilitylab.servicekit.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds users by their token. It keeps only hashes, and compares with all of them in constant time, so that how long an
 * answer takes tells nothing about the tokens.
 */
@Component
final class Directory {

    private record Known(TokenHash hash, String name, User user) {}

    private final List<Known> known = new ArrayList<>();

    /**
     * Reads the directory. Refuses to start without users, or with one that cannot be used.
     */
    Directory(AuthProperties properties) {
        List<Entry> entries = properties.users();
        if (entries.isEmpty()) {
            throw Settings.invalid("auth.users is empty; there must be at least 1 user");
        }
        for (int i = 0; i < entries.size(); i++) {
            add(entries.get(i), new UserParser(i, entries.get(i)));
        }
    }

    Optional<User> find(String token) {
        return lookUp(TokenHash.of(token)).map(Known::user);
    }

    private void add(Entry entry, UserParser parser) {
        User user = parser.parse();
        TokenHash hash = TokenHash.of(entry.token());
        lookUp(hash).ifPresent(other -> {
            throw parser.invalid(
                    "token", "is the token of " + other.name() + " too; every user needs a token of their own");
        });
        known.add(new Known(hash, entry.name(), user));
    }

    private Optional<Known> lookUp(TokenHash hash) {
        Optional<Known> match = Optional.empty();
        for (Known each : known) {
            if (each.hash().matches(hash)) {
                match = Optional.of(each);
            }
        }
        return match;
    }
}
