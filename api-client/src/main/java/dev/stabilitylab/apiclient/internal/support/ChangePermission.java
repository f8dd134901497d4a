package dev.stabilitylab.apiclient.internal.support;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;

/**
 * Whether somebody may change what an actuator endpoint shows.
 *
 * @param obstacle a sentence that names the setting that forbids it; null when it is allowed
 */
public record ChangePermission(@Nullable String obstacle) {

    /**
     * Both the endpoint's access and our own property have to allow it.
     *
     * @param property the key of our own property, which is {@code allowed}
     */
    public static ChangePermission of(
            String endpoint, EndpointAccessResolver access, String property, boolean allowed) {
        if (!allowed) {
            return new ChangePermission("Set %s to true to allow it.".formatted(property));
        }
        if (access.accessFor(EndpointId.of(endpoint), Access.UNRESTRICTED) != Access.UNRESTRICTED) {
            return new ChangePermission(
                    "The access to the endpoint %s is read-only; management.endpoint.%s.access must be unrestricted, and so must management.endpoints.access.max-permitted."
                            .formatted(endpoint, endpoint));
        }
        return new ChangePermission(null);
    }
}
