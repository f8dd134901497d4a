package dev.stabilitylab.servicekit.access;

import java.util.Set;
import java.util.UUID;

/**
 * A known user, and the token to call others with on this user's behalf.
 *
 * @param permissions as auth names them; may hold names that this service has never heard of
 */
public record Caller(UUID uuid, Set<String> permissions, Token token) {

    /** Keeps a copy of the permissions. */
    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** Whether auth granted the permission. */
    public boolean has(String permission) {
        return permissions.contains(permission);
    }

    /**
     * Lets the caller pass only with the permission.
     *
     * @throws dev.stabilitylab.servicekit.problems.ProblemException with status 403 otherwise
     */
    public void require(String permission) {
        if (!has(permission)) {
            throw AccessProblems.lacksPermission(permission);
        }
    }
}
