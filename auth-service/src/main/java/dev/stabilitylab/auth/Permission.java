package dev.stabilitylab.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may see. On the wire and in the configuration in lower case, e.g. {@code can_view_homepage}. */
enum Permission {
    CAN_VIEW_HOMEPAGE,
    CAN_VIEW_RECOMMENDATIONS;

    static Optional<Permission> named(String wireName) {
        return Arrays.stream(values())
                .filter(permission -> permission.wireName().equals(wireName))
                .findFirst();
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
