package dev.stabilitylab.faultinjector.http;

import java.util.Map;
import java.util.random.RandomGenerator;

/** What is done to a message that is hit. Immutable settings; each fault is a class of its own and an entry in {@link HttpToxicTypes}. */
interface HttpFault {

    /** The settings by name, in the shape in which the control API takes them. */
    Map<String, Object> attributes();

    /** Begins to act on one message. */
    Effect newEffect(RandomGenerator random);
}
