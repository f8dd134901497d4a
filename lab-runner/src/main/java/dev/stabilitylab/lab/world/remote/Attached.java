package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World.Instance;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlCalls;
import dev.stabilitylab.lab.world.control.PolicyClient;
import dev.stabilitylab.lab.world.control.UpstreamFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the lab has a hold on.
 *
 * @param upstreams those that can be asked how much they work
 * @param policies of each of the homepages, and of what else calls others and has its policies switched
 */
record Attached(List<Instance> homepages, List<Instance> upstreams, List<PolicyClient> policies, PolicyKeeper keeper) {

    /** Everybody at once, since time is short. Returns what did not work, in sentences. */
    List<String> putBack(UpstreamFaults faults) {
        keeper.close();
        List<String> problems = new CopyOnWriteArrayList<>();
        List<Runnable> steps = new ArrayList<>(List.of(faults::cancel));
        Service.upstreams().forEach(upstream -> steps.add(() -> faults.heal(upstream.text())));
        policies.forEach(instance -> steps.add(instance.with(ControlCalls.brisk())::putBack));
        List<Thread> threads = steps.stream()
                .map(step -> new Thread(() -> attempt(step, problems), "put-back"))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return List.copyOf(problems);
    }

    private static void attempt(Runnable step, List<String> problems) {
        try {
            step.run();
        } catch (WorldException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
