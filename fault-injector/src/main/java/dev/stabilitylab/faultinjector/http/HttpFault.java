package dev.stabilitylab.faultinjector.http;

import java.util.Map;

/** What is done to an exchange that is hit. Immutable settings; what they mean for a message is in {@link Delivery}. */
sealed interface HttpFault
        permits StatusFault, LatencyFault, HeadersFault, ReplaceFault, CorruptFault, DripFault, TruncateFault {

    /** The settings by name, in the shape in which the control API takes them. */
    Map<String, Object> attributes();
}
