package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.WorldException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which port belongs to whom.
 *
 * @param offset added to every port, from 0 to {@value #MAX_OFFSET}
 */
record Ports(int offset) {

    static final int MAX_OFFSET = 40_000;

    private static final int INJECTOR = 8474;
    private static final int IN_FRONT_OF_UPSTREAMS = 10_000;
    private static final int BETWEEN_INSTANCES = 10;

    Ports {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new WorldException("The port offset is %d; it must be from 0 to %d.".formatted(offset, MAX_OFFSET));
        }
    }

    int of(Service service) {
        return service.port() + offset;
    }

    /**
     * The port of a homepage instance.
     *
     * @param instance from 1
     */
    int homepage(int instance) {
        return of(Service.HOMEPAGE) + (instance - 1) * BETWEEN_INSTANCES;
    }

    /** The fault injector's port in front of an upstream. */
    int injected(Service upstream) {
        return of(upstream) + IN_FRONT_OF_UPSTREAMS;
    }

    int injector() {
        return INJECTOR + offset;
    }

    /** Every port, with what it is for. */
    Map<Integer, String> all(int homepages) {
        Map<Integer, String> all = new TreeMap<>();
        for (int instance = 1; instance <= homepages; instance++) {
            putService(all, homepage(instance), "homepage-" + instance);
        }
        for (Service upstream : Service.upstreams()) {
            putService(all, of(upstream), upstream.text());
            all.put(injected(upstream), "the fault injector in front of " + upstream.text());
        }
        all.put(injector(), "the fault injector's control API");
        return all;
    }

    private static void putService(Map<Integer, String> all, int port, String name) {
        all.put(port, name);
        all.put(port + Service.MANAGEMENT, "the management of " + name);
    }

    static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
