package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.Change;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Changes as streams of events tell them, on a single line. */
final class ChangeJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private ChangeJson() {}

    /** With the proxy or the toxic as it would be shown to somebody who asks now. */
    static String write(Change change, Instant at) {
        ObjectNode node = Json.object()
                .put("event", change.kind().label())
                .put("at", TIME.format(at))
                .put("cause", change.cause().label())
                .put("proxy", change.proxy().settings().name());
        if (change.toxic() == null) {
            node.set("state", ProxyJson.write(change.proxy()));
        } else {
            node.set("state", ToxicJson.write(change.toxic(), change.remaining()));
        }
        return Json.text(node);
    }
}
