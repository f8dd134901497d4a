package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whether a user asks again, and after which pause. Thread-safe. */
final class Reloading {

    private final @Nullable Reloads spec;
    private final RandomGenerator random;

    /**
     * With what the script says.
     *
     * @param spec null when nobody ever asks again
     */
    Reloading(@Nullable Reloads spec, RandomGenerator random) {
        this.spec = spec;
        this.random = random;
    }

    /**
     * Whether the user asks again after such a page. A refusal is an answer: whoever may not see the page does not insist.
     *
     * @param reloads made in this visit so far
     */
    boolean follows(PageKind kind, int reloads) {
        return spec != null && reloads < spec.max() && kind != PageKind.FULL && kind != PageKind.REFUSED;
    }

    /** Nanoseconds to the next reload: from half the script's pause to one and a half times of it, so that users do not march in step. */
    synchronized long pause() {
        return spec == null ? 0 : Math.round(spec.pause().toNanos() * (0.5 + random.nextDouble()));
    }
}
