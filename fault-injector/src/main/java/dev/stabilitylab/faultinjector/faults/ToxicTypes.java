package dev.stabilitylab.faultinjector.faults;

import static dev.stabilitylab.faultinjector.toxic.ToxicType.ofOurs;
import static dev.stabilitylab.faultinjector.toxic.ToxicType.ofToxiproxy;

import dev.stabilitylab.faultinjector.http.HttpHandler;
import dev.stabilitylab.faultinjector.http.HttpToxic;
import dev.stabilitylab.faultinjector.toxic.Protocol;
import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types of toxics there are. A new one is a file of its own and an entry here. */
public final class ToxicTypes {

    /** Follows the protocol that some of them understand. */
    public static final Protocol PROTOCOL = HttpHandler::new;

    private static final List<ToxicType> ALL = List.of(
            ofToxiproxy("bandwidth", BandwidthToxic.class),
            ofOurs("connection_lifetime", ConnectionLifetimeToxic.class),
            HttpToxic.type("http_corrupt", HttpCorruptFault.class),
            HttpToxic.type("http_drip", HttpDripFault.class),
            HttpToxic.type("http_headers", HttpHeadersFault.class),
            HttpToxic.type("http_latency", HttpLatencyFault.class),
            HttpToxic.type("http_replace", HttpReplaceFault.class),
            HttpToxic.responseType("http_status", HttpStatusFault.class),
            HttpToxic.type("http_truncate", HttpTruncateFault.class),
            ofToxiproxy("latency", LatencyToxic.class),
            ofToxiproxy("limit_data", LimitDataToxic.class),
            ofOurs("max_connections", MaxConnectionsToxic.class),
            ofToxiproxy("noop", NoopToxic.class),
            ofToxiproxy("packet_loss", PacketLossToxic.class),
            ofToxiproxy("reset_peer", ResetPeerToxic.class),
            ofToxiproxy("slicer", SlicerToxic.class),
            ofToxiproxy("slow_close", SlowCloseToxic.class),
            ofOurs("stall", StallToxic.class),
            ofToxiproxy("timeout", TimeoutToxic.class));

    private ToxicTypes() {}

    /** All of them. */
    public static List<ToxicType> all() {
        return ALL;
    }

    /** The type of that name, if there is one. */
    public static Optional<ToxicType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** The names of those that hit connections, for messages: {@code bandwidth, latency, …}. */
    public static String namesOfConnectionFaults() {
        return names(type -> !type.ofRequests());
    }

    /** The names of those that hit requests. */
    public static String namesOfRequestFaults() {
        return names(ToxicType::ofRequests);
    }

    private static String names(Predicate<ToxicType> which) {
        return ALL.stream().filter(which).map(ToxicType::name).collect(Collectors.joining(", "));
    }
}
