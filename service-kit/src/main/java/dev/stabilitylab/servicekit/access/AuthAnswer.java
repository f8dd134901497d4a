package dev.stabilitylab.servicekit.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Auth's answer as this side reads it. Another shape, e.g. without permissions, is refused, which makes it a bad response. */
record AuthAnswer(UUID uuid, List<String> permissions) {

    AuthAnswer(@Nullable UUID uuid, @Nullable List<@Nullable String> permissions) {
        if (uuid == null || permissions == null || permissions.stream().anyMatch(each -> each == null)) {
            throw new IllegalArgumentException("auth's answer must have a uuid and a list of permissions");
        }
        this.uuid = uuid;
        this.permissions = permissions.stream().map(String::valueOf).toList();
    }
}
