package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the one who wants to know of changes. A listener that fails does not keep a change from being made. */
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private volatile Consumer<Change> listener = change -> {};
    private volatile Consumer<Strike> strikes = strike -> {};

    void tell(Consumer<Change> other) {
        listener = other;
    }

    void tellStrikes(Consumer<Strike> other) {
        strikes = other;
    }

    void announce(Strike strike) {
        if (strike.kind() == Strike.Kind.INERT) {
            log.warn(
                    "{}: {} does nothing on connection {}: {}",
                    strike.proxy(),
                    strike.toxic().name(),
                    strike.connection(),
                    strike.details().get("reason"));
        }
        strikes.accept(strike);
    }

    void announce(Kind kind, Proxy proxy) {
        announce(kind, proxy, null, Lifetime.LASTING);
    }

    void announce(Kind kind, Proxy proxy, @Nullable AppliedToxic toxic, Lifetime remaining) {
        try {
            listener.accept(new Change(kind, Cause.current(), proxy, toxic, remaining));
        } catch (RuntimeException e) {
            log.error(
                    "{} of {} could not be told", kind.label(), proxy.settings().name(), e);
        }
    }
}
