package dev.stabilitylab.faultinjector.toxic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of toxics there are. A new one is a class of its own and an entry here. */
public final class ToxicTypes {

    private static final List<ToxicType> ALL = List.of(
            BandwidthToxic.TYPE,
            ConnectionLifetimeToxic.TYPE,
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

    /** The names of all types, for messages: {@code bandwidth, connection_lifetime, …}. */
    public static String names() {
        return ALL.stream().map(ToxicType::name).collect(Collectors.joining(", "));
    }
}
