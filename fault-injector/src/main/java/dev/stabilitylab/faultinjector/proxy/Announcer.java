package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Change.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the one who wants to know of changes. A listener that fails does not keep a change from being made. */
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private volatile ChangeListener listener = change -> {};
    private volatile Strike.Listener strikes = strike -> {};

    void tell(ChangeListener other) {
        listener = other;
    }

    void tellStrikes(Strike.Listener other) {
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
        strikes.struck(strike);
    }

    void announce(Kind kind, Proxy proxy) {
        announce(kind, proxy, null, Lifetime.LASTING);
    }

    void announce(Kind kind, Proxy proxy, @Nullable AppliedToxic toxic, Lifetime remaining) {
        try {
            listener.changed(new Change(kind, Cause.current(), proxy, toxic, remaining));
        } catch (RuntimeException e) {
            log.error(
                    "{} of {} could not be told", kind.label(), proxy.settings().name(), e);
        }
    }

    /**
     * Says what became of a proxy's settings, if anything did.
     *
     * @param other whether something changed that is not among the settings
     */
    void announceSettings(ProxySettings before, Proxy proxy, boolean other) {
        ProxySettings now = proxy.settings();
        if (before.enabled() != now.enabled()) {
            announce(now.enabled() ? Kind.PROXY_ENABLED : Kind.PROXY_DISABLED, proxy);
        } else if (other || !before.equals(now)) {
            announce(Kind.PROXY_CHANGED, proxy);
        }
    }
}
