package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.Change;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A change as streams of events tell it.
 *
 * @param at in UTC, with milliseconds
 * @param state the proxy or the toxic, as it would be shown to somebody who asks now
 */
record ChangeBody(String event, String at, String cause, String proxy, Object state) {

    /** In UTC, with milliseconds. */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    static ChangeBody of(Change change, Instant at) {
        return new ChangeBody(
                change.kind().label(),
                TIME.format(at),
                change.cause().label(),
                change.proxy().settings().name(),
                change.toxic() == null
                        ? ProxyBody.of(change.proxy())
                        : ToxicBody.of(change.toxic(), change.proxy().toxics(), change.remaining()));
    }
}
