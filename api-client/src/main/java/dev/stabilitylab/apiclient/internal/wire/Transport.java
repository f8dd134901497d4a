package dev.stabilitylab.apiclient.internal.wire;

import dev.stabilitylab.apiclient.internal.core.Reply;
import java.time.Duration;

/** Carries an attempt to the upstream and back. Passed in, so that a call's cost can be measured without a network. */
@FunctionalInterface
public interface Transport {

    /** As {@link Wire#send}. */
    Reply send(Request request, Duration connectTimeout, long expiresAt);
}
