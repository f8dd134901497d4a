package dev.stabilitylab.auth;

import java.util.Set;
import java.util.UUID;

/**
 * Auth's answer: whose token this is, and what that user may do.
 *
 * @param permissions in the order of the configuration
 */
record User(UUID uuid, Set<Permission> permissions) {}
