package dev.stabilitylab.apiclient.internal.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Many threads that do the same thing again and again, while another one interrupts them at random. */
public final class Storm {

    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();

    /** One attempt. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Does it once and checks the result; the flag of an interrupt may be set afterwards.
         *
         * @param number tells it apart from every other
         * @return how it ended
         */
        String end(int number, SplittableRandom random);
    }

    /** Returns when so many attempts have ended. */
    public void blow(int attempts, int threads, long seed, Attempt attempt) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            Thread worker = new Thread(() -> work(attempts, next, random, attempt), "storm-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
        SplittableRandom random = new SplittableRandom(seed);
        while (next.get() < attempts) {
            workers.get(random.nextInt(threads)).interrupt();
            TimeUnit.MICROSECONDS.sleep(500);
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private void work(int attempts, AtomicInteger next, SplittableRandom random, Attempt attempt) {
        for (int number = next.getAndIncrement(); number < attempts; number = next.getAndIncrement()) {
            try {
                endings.computeIfAbsent(attempt.end(number, random), ending -> new LongAdder())
                        .increment();
            } catch (Throwable defect) {
                defects.add(defect);
            }
            Thread.interrupted();
        }
    }

    /** How many attempts ended how. */
    public Map<String, Long> endings() {
        Map<String, Long> counts = new TreeMap<>();
        endings.forEach((ending, count) -> counts.put(ending, count.sum()));
        return counts;
    }

    /** What was thrown. */
    public List<Throwable> defects() {
        return List.copyOf(defects);
    }

    /** File descriptors that are open in this process. */
    public static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
