package dev.stabilitylab.apiclient.internal.support;

import java.util.UUID;

/**
 * A random name that is new with every start. Behind a load balancer, or after a restart, it tells whose response this is.
 *
 * @param value a UUID
 */
public record InstanceId(String value) {

    static InstanceId random() {
        return new InstanceId(UUID.randomUUID().toString());
    }
}
