package dev.stabilitylab.apiclient.internal.wire;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire.
 *
 * @param headers in the order in which they are sent
 * @param json the body; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record Exchange(String method, URI uri, List<Map.Entry<String, String>> headers, byte @Nullable [] json) {}
