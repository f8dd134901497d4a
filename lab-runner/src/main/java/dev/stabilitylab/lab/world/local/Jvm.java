package dev.stabilitylab.lab.world.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java that the services are started with: the one that the lab itself runs on.
 *
 * @param executable the {@code java} program
 * @param feature 17, 25, …
 * @param version in full, with the vendor: start-up archives are good for exactly one build
 */
record Jvm(Path executable, int feature, String version) {

    private static final int NATIVE_ACCESS_WARNINGS = 24;

    static Jvm current() {
        return new Jvm(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Runtime.version().feature(),
                System.getProperty("java.vm.version") + " " + System.getProperty("java.vm.vendor"));
    }

    /**
     * Flags for a service that starts fast and stays small. C1 alone halves the start on two cores; the lab compares policies
     * with each other and not services with the world, so that peak speed matters less.
     */
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms32m",
                "-Xmx128m",
                "-Xss512k",
                "-XX:-UsePerfData",
                "-Djdk.httpclient.redirects.retrylimit=1"));
        if (feature >= NATIVE_ACCESS_WARNINGS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return List.copyOf(flags);
    }

    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(options);
        return command;
    }
}
