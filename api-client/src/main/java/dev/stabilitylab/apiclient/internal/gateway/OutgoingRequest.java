package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.internal.wire.Exchange;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent, attempt after attempt; only the time that is left changes. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record OutgoingRequest(String method, URI uri, List<Map.Entry<String, String>> headers, byte @Nullable [] json) {

    Exchange toExchange(Duration remaining) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry(Deadline.HEADER, Long.toString(remaining.toMillis())));
        return new Exchange(method, uri, all, json);
    }
}
