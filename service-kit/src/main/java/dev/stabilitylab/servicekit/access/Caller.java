package dev.stabilitylab.servicekit.access;

import dev.stabilitylab.servicekit.degradation.Degradation;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A known user, and the token to call others with on this user's behalf.
 *
 * @param permissions as auth names them; may hold names that this service has never heard of
 * @param staleFor how old the permissions are, if auth cannot be asked and stale-if-error allows them; null when auth has just confirmed
 *     them
 */
public record Caller(
        UUID uuid,
        Set<String> permissions,
        Token token,
        @Nullable Duration staleFor) {

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

    /** Whether the permissions are from before auth failed, and may have been withdrawn since. */
    public boolean isStale() {
        return staleFor != null;
    }

    /**
     * Lets the caller pass only if auth has confirmed the permissions for this very request. For an action that must not happen on
     * permissions that may have been withdrawn.
     *
     * @throws dev.stabilitylab.servicekit.problems.ProblemException with status 503 and Retry-After when they are stale
     */
    public void requireFresh() {
        if (staleFor != null) {
            throw AccessProblems.permissionsAreStale(staleFor);
        }
    }

    /** What the answer to this caller has to say about stale permissions. */
    public Degradation degradation() {
        return staleFor == null ? Degradation.NONE : Degradation.stalePermissions(staleFor);
    }
}
