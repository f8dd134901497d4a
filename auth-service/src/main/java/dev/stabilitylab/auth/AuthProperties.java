package dev.stabilitylab.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The users as they are configured; {@link Directory} checks them.
 *
 * @param users everyone with a token
 */
@ConfigurationProperties("auth")
record AuthProperties(@DefaultValue List<Entry> users) {

    /**
     * One user. Prints itself without the token.
     *
     * @param uuid what the user is known by to other services
     * @param name for people, and for messages about this entry
     * @param token the user's secret
     * @param permissions in lower case, e.g. {@code can_view_homepage}
     */
    record Entry(
            @Nullable String uuid,
            @DefaultValue("") String name,
            @DefaultValue("") String token,
            @DefaultValue List<String> permissions) {

        @Override
        public String toString() {
            return "Entry[uuid=%s, name=%s, permissions=%s]".formatted(uuid, name, permissions);
        }
    }
}
