package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.toxic.ToxicMeter;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what one toxic does to one direction of one connection. */
record ConnectionMeter(AppliedToxic applied, ToxicCounts counts, ToxicTally tally, long connection)
        implements ToxicMeter {

    @Override
    public String toxic() {
        return applied.name();
    }

    @Override
    public void connectionHit() {
        counts.connectionHit();
        if (!applied.type().ofRequests()) {
            tally.hit(applied, connection, Map::of);
        }
    }

    @Override
    public void requestHit(Supplier<Map<String, String>> details) {
        counts.requestHit();
        tally.hit(applied, connection, details);
    }

    @Override
    public void delayed(long nanos) {
        counts.delayed(nanos);
    }

    @Override
    public void inert(String reason) {
        counts.inert(reason);
        tally.inert(applied, connection, reason);
    }
}
