package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.internal.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

    @ParameterizedTest
    // The first call finds the bucket full, so that its part is lost.
    @CsvSource({"10, 5, 1001, 105", "10, 1, 11, 2", "20, 10, 101, 30", "0.5, 3, 1001, 8", "100, 1, 50, 50"})
    void allowsTheBurstAndItsShareOfTheCalls(double percentage, int burst, int calls, int retries) {
        RetryBudget budget = new RetryBudget(new Policy.RetryBudget(percentage, burst));

        assertThat(retriesOf(budget, calls)).isEqualTo(retries);
    }

    @Test
    void savesNoMoreThanTheBurst() {
        RetryBudget budget = new RetryBudget(new Policy.RetryBudget(10, 2));

        for (int call = 0; call < 1000; call++) {
            budget.called();
        }

        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void allowsOneMoreAfterTenCallsAtTenPercent() {
        RetryBudget budget = new RetryBudget(new Policy.RetryBudget(10, 1));
        budget.tryRetry();

        for (int call = 0; call < 9; call++) {
            budget.called();
        }
        assertThat(budget.tryRetry()).isFalse();
        budget.called();
        assertThat(budget.tryRetry()).isTrue();
    }

    /** Every call fails, and wants as many retries as it can get. */
    private static int retriesOf(RetryBudget budget, int calls) {
        int retries = 0;
        for (int call = 0; call < calls; call++) {
            budget.called();
            while (budget.tryRetry()) {
                retries++;
            }
        }
        return retries;
    }
}
