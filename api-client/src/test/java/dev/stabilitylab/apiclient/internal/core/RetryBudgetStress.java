package dev.stabilitylab.apiclient.internal.core;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What the budget owes its callers when they come at the same time. */
public class RetryBudgetStress {

    /** One token, two who want it. */
    @JCStressTest
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the first gets it")
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the second gets it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both get it, or neither does")
    @State
    public static class OneToken {

        private final RetryBudget budget = new RetryBudget(new Policy.RetryBudget(0, 1));

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = budget.tryRetry();
        }

        @Actor
        public void second(ZZ_Result result) {
            result.r2 = budget.tryRetry();
        }
    }

    /** Half a token from each of two calls. */
    @JCStressTest
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "one token")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a half is lost, or came twice")
    @State
    public static class TwoHalves {

        private final RetryBudget budget = new RetryBudget(new Policy.RetryBudget(50, 1));

        public TwoHalves() {
            budget.tryRetry();
        }

        @Actor
        public void first() {
            budget.called();
        }

        @Actor
        public void second() {
            budget.called();
        }

        @Arbiter
        public void spend(ZZ_Result result) {
            result.r1 = budget.tryRetry();
            result.r2 = budget.tryRetry();
        }
    }

    /** A call that finds the bucket full, or not full any more. */
    @JCStressTest
    @Outcome(
            id = "true, false, false",
            expect = Expect.ACCEPTABLE,
            desc = "the call comes first and the bucket is full")
    @Outcome(id = "true, true, false", expect = Expect.ACCEPTABLE, desc = "the call comes second and fills it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the bucket holds more than it may, or a token is lost")
    @State
    public static class FullBucket {

        private final RetryBudget budget = new RetryBudget(new Policy.RetryBudget(100, 1));

        @Actor
        public void call() {
            budget.called();
        }

        @Actor
        public void retry(ZZZ_Result result) {
            result.r1 = budget.tryRetry();
        }

        @Arbiter
        public void spend(ZZZ_Result result) {
            result.r2 = budget.tryRetry();
            result.r3 = budget.tryRetry();
        }
    }
}
