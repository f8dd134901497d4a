package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.ToxicType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of toxics that understand HTTP. A new one is a class of its own and an entry here. */
public final class HttpToxicTypes {

    private static final List<ToxicType> ALL = List.of(
            CorruptFault.TYPE,
            DripFault.TYPE,
            HeadersFault.TYPE,
            LatencyFault.TYPE,
            ReplaceFault.TYPE,
            StatusFault.TYPE,
            TruncateFault.TYPE);

    private HttpToxicTypes() {}

    /** All of them. */
    public static List<ToxicType> all() {
        return ALL;
    }

    /** The type of that name, if there is one. */
    public static Optional<ToxicType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** The names of all types, for messages: {@code http_corrupt, http_drip, …}. */
    public static String names() {
        return ALL.stream().map(ToxicType::name).collect(Collectors.joining(", "));
    }
}
