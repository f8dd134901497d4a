package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy's being disabled as far as it begins and ends by itself. Guarded by the proxy's lock. */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final Proxy proxy;
    private final Port port;
    private final Announcer announcer;
    private final FaultTimer course;
    private @Nullable String problem;

    /**
     * Nothing happens by itself until it is {@link #set}.
     *
     * @param port of the proxy, which it disables
     */
    Outage(Shared shared, Proxy proxy, Port port) {
        this.proxy = proxy;
        this.port = port;
        this.announcer = shared.announcer();
        this.course = new FaultTimer(shared.changes(), proxy, this::begin, this::end);
    }

    /** Takes the place of what was set before. Without a delay the proxy is disabled already, if it is to be. */
    void set(Lifetime lifetime) {
        course.set(lifetime);
        problem = null;
        if (!lifetime.equals(Lifetime.LASTING)) {
            log.info("{}: disabled{}", port.settings().name(), lifetime.remark());
        }
    }

    /** What is left of the time until it begins, and until it ends. */
    Lifetime remaining() {
        return course.remaining();
    }

    /** Why it goes on though its time is over. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether there is more to say of it than that the proxy is enabled or not. */
    boolean isSpecial() {
        return problem != null || !remaining().equals(Lifetime.LASTING);
    }

    /** From now on nothing happens by itself. */
    void cancel() {
        course.cancel();
    }

    private void begin() {
        ProxySettings before = port.settings();
        log.info("{}: to be disabled, since the delay is over", before.name());
        port.set(before.withEnabled(false));
        announcer.announceSettings(before, proxy, true);
    }

    private void end() {
        ProxySettings settings = port.settings();
        log.info("{}: to be enabled again, since the time for which it was disabled is over", settings.name());
        try {
            proxy.update(WantedProxy.lasting(settings.withEnabled(true)));
        } catch (RefusedException e) {
            problem = "still disabled, though the time for that is over: " + e.getMessage();
            log.error("{}: {}", settings.name(), problem);
            announcer.announce(Kind.PROXY_CHANGED, proxy);
        }
    }
}
