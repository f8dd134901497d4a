package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What the lab has a hold on.
 *
 * @param upstreams those that can be asked how much they work
 * @param policies of each of the homepages, and of what else calls others and has its policies switched
 */
record Attached(List<Instance> homepages, List<Instance> upstreams, List<PolicyClient> policies, PolicyKeeper keeper) {

    /** Longer than all attempts of a step take, so that only what has no time limit, as the lookup of a name, is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Everybody at once, since time is short. Returns what did not work, in sentences. */
    List<String> putBack(UpstreamFaults faults) {
        keeper.close();
        List<Runnable> steps = new ArrayList<>(List.of(faults::cancel));
        Service.upstreams().forEach(upstream -> steps.add(() -> faults.heal(upstream.text())));
        policies.forEach(instance -> steps.add(instance.with(ControlCalls.brisk())::putBack));
        return allAtOnce(steps, PATIENCE);
    }

    /** Each on a thread of its own. A step that is not done in time goes on, but nobody waits for it. Returns what did not work. */
    static List<String> allAtOnce(List<Runnable> steps, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        List<String> problems = new CopyOnWriteArrayList<>();
        List<Thread> threads = steps.stream()
                .map(step -> daemon(() -> attempt(step, problems)))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long late = threads.stream().filter(Thread::isAlive).count();
        if (late > 0) {
            problems.add("%d of %d steps took longer than %d ms".formatted(late, steps.size(), atMost.toMillis()));
        }
        return List.copyOf(problems);
    }

    private static Thread daemon(Runnable step) {
        Thread thread = new Thread(step, "put-back");
        thread.setDaemon(true);
        return thread;
    }

    private static void attempt(Runnable step, List<String> problems) {
        try {
            step.run();
        } catch (WorldException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
