package dev.stabilitylab.lab.http;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The threads of the JDK's HTTP clients that wait for the network: one for each client that is open. */
public final class SelectorThreads {

    private static final Pattern NAME = Pattern.compile("HttpClient-\\d+-SelectorManager");

    private SelectorThreads() {}

    /** Those that live now. */
    public static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> NAME.matcher(thread.getName()).matches())
                .collect(Collectors.toSet());
    }
}
