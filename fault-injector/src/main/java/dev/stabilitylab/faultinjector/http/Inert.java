package dev.stabilitylab.faultinjector.http;

import java.util.Locale;

/** Why HTTP faults cannot act on a connection any more: nobody knows where its messages begin and end. */
enum Inert {
    /** Encrypted. */
    TLS,
    HTTP2,
    /** Some other protocol. */
    NOT_HTTP,
    /** A head longer than {@value HeadCollector#MAX_BYTES} bytes. */
    LONG_HEAD,
    /** A head that two readers could read in two ways, such as one with two lengths. */
    AMBIGUOUS_HEAD,
    /** A body in chunks that breaks the rules for those. */
    BROKEN_CHUNKS,
    /** What follows {@code CONNECT} or status 101. */
    TUNNEL,
    /** A response that nobody has asked for. */
    UNEXPECTED_RESPONSE;

    /** The name in events, metrics and the API, e.g. {@code long_head}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
