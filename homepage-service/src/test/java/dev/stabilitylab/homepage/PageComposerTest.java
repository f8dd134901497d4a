package dev.stabilitylab.homepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiClients;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.servicekit.access.Caller;
import dev.stabilitylab.servicekit.access.Token;
import dev.stabilitylab.servicekit.degradation.Degradation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpHeaders;

class PageComposerTest {

    private static final Outcome<List<Integer>> ITEMS = Outcome.Success.of(List.of(1, 2));
    private static final Outcome<List<Integer>> NO_ITEMS =
            new Outcome.Degraded<>(List.of(), new Failure.TimedOut("popularity", Duration.ofMillis(500)));

    private final Caller caller = new Caller(UUID.randomUUID(), Set.of("can_view_recommendations"), token(), null);

    private static Token token() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, "Token 0x132");
        return Token.from(headers);
    }

    @Test
    void asksPopularityWhileItAsksRecommendations() throws Exception {
        CountDownLatch bothAreAsked = new CountDownLatch(2);
        Supplier<Outcome<List<Integer>>> whenBothAreAsked = () -> {
            bothAreAsked.countDown();
            await(bothAreAsked);
            return ITEMS;
        };

        Page page = composer(new SimpleAsyncTaskExecutor(), whenBothAreAsked, whenBothAreAsked)
                .compose(caller);

        assertThat(page).isEqualTo(new Page(List.of(1, 2), List.of(1, 2), Degradation.NONE));
    }

    @Test
    void namesWhatItDoesWithout() throws Exception {
        Page page = composer(new SimpleAsyncTaskExecutor(), () -> ITEMS, () -> NO_ITEMS)
                .compose(caller);

        assertThat(page).isEqualTo(new Page(List.of(1, 2), List.of(), Degradation.without("popularity")));
    }

    @Test
    void saysThatItWentByStalePermissions() throws Exception {
        Caller stale = new Caller(caller.uuid(), caller.permissions(), caller.token(), Duration.ofSeconds(7));

        Page page = composer(new SimpleAsyncTaskExecutor(), () -> ITEMS, () -> ITEMS)
                .compose(stale);

        assertThat(page.degradation()).isEqualTo(Degradation.stalePermissions(Duration.ofSeconds(7)));
    }

    @Test
    void saysThatAnUpstreamWentByStalePermissionsAndTakesTheLargestAge() throws Exception {
        Page page = composer(new SimpleAsyncTaskExecutor(), () -> stale("7"), () -> stale("9"))
                .compose(caller);

        assertThat(page)
                .isEqualTo(new Page(List.of(1, 2), List.of(1, 2), Degradation.stalePermissions(Duration.ofSeconds(9))));
    }

    private static Outcome<List<Integer>> stale(String age) {
        Map<String, String> headers = Map.of("Degraded", "auth", "Age", age);
        return new Outcome.Success<>(
                List.of(1, 2),
                new Response(
                        200, name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(), new byte[0]));
    }

    @Test
    void asksBothItselfWhenNoThreadIsLeft() throws Exception {
        AsyncTaskExecutor exhausted = task -> {
            throw new TaskRejectedException("400 threads are busy");
        };

        Page page = composer(exhausted, () -> ITEMS, () -> ITEMS).compose(caller);

        assertThat(page).isEqualTo(new Page(List.of(1, 2), List.of(1, 2), Degradation.NONE));
    }

    @Test
    void givesUpTheOtherCallWhenItIsInterrupted() {
        AtomicReference<Future<?>> other = new AtomicReference<>();
        AsyncTaskExecutor neverRuns = task -> other.set((FutureTask<?>) task);
        Supplier<Outcome<List<Integer>>> interrupting = () -> {
            Thread.currentThread().interrupt();
            return ITEMS;
        };

        assertThatThrownBy(() -> composer(neverRuns, interrupting, () -> ITEMS).compose(caller))
                .isInstanceOf(InterruptedException.class);

        assertThat(other.get()).isCancelled();
    }

    private static PageComposer composer(
            AsyncTaskExecutor executor,
            Supplier<Outcome<List<Integer>>> recommendations,
            Supplier<Outcome<List<Integer>>> popularity) {
        return new PageComposer(
                new Upstreams(new ApiClients() {
                    @Override
                    public ApiClient upstream(String name) {
                        return new FakeUpstream(name, name.equals("popularity") ? popularity : recommendations);
                    }

                    @Override
                    public Set<String> upstreams() {
                        return Set.of("recommendations", "popularity");
                    }
                }),
                executor);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
