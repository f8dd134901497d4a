package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.AppliedToxic;
import dev.stabilitylab.faultinjector.proxy.Change;
import dev.stabilitylab.faultinjector.proxy.Strike;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What streams of events tell, as JSON. */
final class Notification {

    private static final DateTimeFormatter UTC_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private Notification() {}

    /** A change, with the proxy or the toxic as it would be shown to somebody who asks now. */
    static String of(Change change, Instant at) {
        Map<String, Object> data = begin(change.kind().label(), at);
        data.put("cause", change.cause().label());
        data.put("proxy", change.proxy().settings().name());
        data.put(
                "state",
                change.toxic() == null
                        ? ProxyBody.of(change.proxy())
                        : ToxicBody.of(change.toxic(), change.proxy().toxics(), change.remaining()));
        return Json.text(data);
    }

    /** What a toxic did to a connection. */
    static String of(Strike strike, Instant at) {
        AppliedToxic toxic = strike.toxic();
        Map<String, Object> data = begin(strike.kind().label(), at);
        data.put("proxy", strike.proxy());
        data.put("toxic", toxic.name());
        data.put("type", toxic.type().name());
        data.put("stream", toxic.direction().label());
        data.put("connection", strike.connection());
        data.putAll(strike.details());
        data.put("untold", strike.untold());
        return Json.text(data);
    }

    private static Map<String, Object> begin(String event, Instant at) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event", event);
        data.put("at", UTC_MILLIS.format(at));
        return data;
    }
}
