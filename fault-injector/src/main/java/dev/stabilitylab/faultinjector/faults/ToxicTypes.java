package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types of toxics there are. A new one is a file of its own and an entry here. */
public final class ToxicTypes {

    private static final List<ToxicType> ALL = List.of(
            BandwidthToxic.TYPE,
            ConnectionLifetimeToxic.TYPE,
            HttpCorruptFault.TYPE,
            HttpDripFault.TYPE,
            HttpHeadersFault.TYPE,
            HttpLatencyFault.TYPE,
            HttpReplaceFault.TYPE,
            HttpStatusFault.TYPE,
            HttpTruncateFault.TYPE,
            LatencyToxic.TYPE,
            LimitDataToxic.TYPE,
            MaxConnectionsToxic.TYPE,
            NoopToxic.TYPE,
            ResetPeerToxic.TYPE,
            SlicerToxic.TYPE,
            SlowCloseToxic.TYPE,
            StallToxic.TYPE,
            TimeoutToxic.TYPE);

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
        return names(type -> !type.isOfRequests());
    }

    /** The names of those that hit requests. */
    public static String namesOfRequestFaults() {
        return names(ToxicType::isOfRequests);
    }

    private static String names(Predicate<ToxicType> which) {
        return ALL.stream().filter(which).map(ToxicType::name).collect(Collectors.joining(", "));
    }
}
