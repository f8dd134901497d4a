package dev.stabilitylab.lab.world;

import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.PolicySpec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The system under test. Closing it heals every fault, puts the policies back, and ends whatever it started.
 *
 * <p>Every method that talks to the system throws {@link WorldException} with a sentence for people.
 */
public interface World extends AutoCloseable {

    /** The kind of world, as it stands in results, e.g. {@code local}. */
    String name();

    /** The instances of the homepage service, e.g. {@code homepage-1} at {@code http://127.0.0.1:8001}. */
    List<Instance> homepages();

    /** The names of the upstreams that can be broken. */
    Set<String> upstreams();

    /**
     * Gives every homepage instance these policies with fresh breakers, and all other upstreams the policies they started with.
     *
     * @param policies by upstream
     */
    void apply(Map<String, PolicySpec> policies);

    /** Breaks an upstream; a fault that is there is replaced. Returns when the injector has done it. */
    void inject(String upstream, Fault fault);

    /** Mends an upstream. Returns when the injector has done it. */
    void heal(String upstream);

    /** Mends all upstreams. */
    void healAll();

    /** Throws when a part of the system has died; the message shows the end of its log. */
    void checkAlive();

    @Override
    void close();

    /** A running instance of a service. */
    record Instance(String name, URI baseUrl) {}
}
