package dev.stabilitylab.apiclient;

import java.util.Set;

/** The gateways of this service, one for each upstream in its configuration. Inject this, and ask for an upstream by name. */
public interface ApiClients {

    /**
     * The gateway to one upstream.
     *
     * @param name as below {@code api-client.upstreams}
     * @throws IllegalArgumentException when no such upstream is configured; the message lists those that are
     */
    ApiClient upstream(String name);

    /** The names of all upstreams. */
    Set<String> upstreams();
}
