package dev.stabilitylab.lab.script;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who asks for pages, and how often. */
public sealed interface LoadSpec {

    /** How long a user waits for a page; then it counts as timed out. */
    Duration patience();

    /** How users go on who did not get what they came for; null when they leave it at that. */
    @Nullable
    Reloads reloads();

    /** Kinds of users, at least one. Their shares add up to 1. */
    List<Group> groups();

    /** The same load by other groups. */
    LoadSpec withGroups(List<Group> others);

    /** The same load, with groups that come at other moments. */
    default LoadSpec withStarts(UnaryOperator<Duration> change) {
        return withGroups(
                groups().stream().map(group -> group.withStart(change)).toList());
    }

    /**
     * A fixed number of users, each of whom waits for a page before asking for the next: a slow system is asked less.
     *
     * @param thinkTime pause between two visits of a user
     */
    record Closed(
            int users,
            Duration thinkTime,
            Duration patience,
            @Nullable Reloads reloads,
            List<Group> groups) implements LoadSpec {

        /** Users who are all alike, and never reload. */
        public Closed(int users, Duration thinkTime, Duration patience, String authorization) {
            this(users, thinkTime, patience, null, Group.everybody(authorization));
        }

        @Override
        public LoadSpec withGroups(List<Group> others) {
            return new Closed(users, thinkTime, patience, reloads, others);
        }
    }

    /**
     * Visits at a rate, no matter how the earlier ones fare. Latency counts from the moment a request was due.
     *
     * @param ratePerSecond first requests a second, until an event of the timeline sets another rate; reloads come on top
     * @param maxInFlight requests that may be open at once; one more is not sent, and counts as a page that was not available
     */
    record Open(
            double ratePerSecond,
            Arrival arrival,
            int maxInFlight,
            Duration patience,
            @Nullable Reloads reloads,
            List<Group> groups)
            implements LoadSpec {

        /** Users who are all alike, and never reload. */
        public Open(double ratePerSecond, Arrival arrival, int maxInFlight, Duration patience, String authorization) {
            this(ratePerSecond, arrival, maxInFlight, patience, null, Group.everybody(authorization));
        }

        @Override
        public LoadSpec withGroups(List<Group> others) {
            return new Open(ratePerSecond, arrival, maxInFlight, patience, reloads, others);
        }
    }

    /** How open-loop requests are spread over time. */
    enum Arrival {
        /** One every 1/rate seconds. */
        FIXED,
        /** Exponentially distributed gaps: independent users. */
        POISSON
    }

    /**
     * A user who gets no page, or a degraded one, asks again.
     *
     * @param max how often in one visit, at least 1
     * @param pause before each; the real ones are evenly spread from half of it to one and a half times of it
     */
    record Reloads(int max, Duration pause) {}

    /**
     * A kind of users.
     *
     * @param share of all visits, above 0 and up to 1
     * @param authorization the value of their {@code Authorization} header
     * @param from when they begin to come; before that, their visits are made by the first group. Null: they are there from the
     *     warm-up on, as the first group always is
     */
    record Group(
            String name,
            double share,
            String authorization,
            @Nullable Duration from) {

        /** The name of the only group of a load that has none of its own. */
        public static final String EVERYBODY = "everybody";

        static List<Group> everybody(String authorization) {
            return List.of(new Group(EVERYBODY, 1, authorization, null));
        }

        private Group withStart(UnaryOperator<Duration> change) {
            return from == null ? this : new Group(name, share, authorization, change.apply(from));
        }
    }
}
