package dev.stabilitylab.apiclient.internal.gateway;

import java.net.URI;

/**
 * Which calls are equal, so that the answer to one may stand in for the answer to another.
 *
 * @param type what the answer is read as
 * @param key the caller's own
 */
record LeaseKey(String method, URI uri, Object type, String key) {}
