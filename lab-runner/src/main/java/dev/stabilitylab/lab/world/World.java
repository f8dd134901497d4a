package dev.stabilitylab.lab.world;

import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.TimelineEvent.OfUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The system under test. Create it, arrange for {@link #close()} (also in a shutdown hook, which may run at any time), then
 * {@link #start()} it. Closing it heals every fault, puts the policies back, and ends whatever it started.
 *
 * <p>Every method that talks to the system throws {@link WorldException} with a sentence for people. What is changed is changed
 * for a limited time, so that a lab that is killed leaves nothing broken for good.
 */
public interface World extends AutoCloseable {

    /** The kind of world, as it stands in results, e.g. {@code local}. */
    String name();

    /** Returns when the system can be used. To be called once. */
    void start();

    /** The instances of the homepage service, e.g. {@code homepage-1} at {@code http://127.0.0.1:8001}. */
    List<Instance> homepages();

    /** The services behind the homepages that can be asked how much they work, by the names of the upstreams. */
    List<Instance> upstreams();

    /**
     * Gives every caller these policies with fresh breakers, and for all other upstreams the policies it started with.
     *
     * @param policies by caller and upstream
     * @param atMost when nobody has changed or ended them by then, they end by themselves
     */
    void apply(Map<PolicyTarget, PolicySpec> policies, Duration atMost);

    /**
     * Begins a timeline, in which upstreams break and heal. The fault injector carries out by itself what happens on the wire, and gives
     * it up when it does not hear of this lab any more.
     *
     * @param changes in the order of time; each has to be given to {@link #carryOut} when it is due
     * @param time the timeline's own at this moment; negative before its beginning, which is the better the earlier it is
     */
    void begin(List<OfUpstream> changes, Supplier<Duration> time);

    /**
     * Does what is not the fault injector's to do, and returns when the change is in effect; a fault that was there is replaced.
     *
     * @param change one of the timeline's, due now
     * @param atMost when nobody has mended a service that is broken from inside by then, it heals by itself
     */
    void carryOut(OfUpstream change, Duration atMost);

    /** Mends all upstreams, and ends the timeline. */
    void healAll();

    /** The fault injector's control API. */
    URI injector();

    /** To be called several times a second: throws when the simulation cannot go on, e.g. since a process has died. */
    void checkAlive();

    /** What a reader of the result should know of this world, a sentence each. */
    List<String> notes();

    /** Whether it is closed or being closed. */
    boolean isClosed();

    @Override
    void close();

    /**
     * A running instance of a service.
     *
     * @param baseUrl the address that its users call
     * @param management the address of its actuator
     */
    record Instance(String name, URI baseUrl, URI management) {

        /** An instance whose ports are where every service has them. */
        public static Instance of(String name, URI baseUrl) {
            return new Instance(name, baseUrl, Service.management(baseUrl));
        }
    }
}
