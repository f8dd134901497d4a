package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import dev.stabilitylab.lab.world.WorldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Worlds whose processes are {@link StandIn}s, as real child processes. */
final class StandIns {

    private StandIns() {}

    /** Options for ports that are free just now; never the usual ones. */
    static LocalWorldOptions options(Path directory, int homepages) {
        SystemSpec system = new SystemSpec(homepages, Map.of());
        return new LocalWorldOptions(directory, directory.resolve("logs"), freeOffset(homepages), system, line -> {});
    }

    static LocalWorld world(LocalWorldOptions options) {
        return new LocalWorld(options, (modules, processes) -> commands(modules));
    }

    /** A world in which the program of one module misbehaves. */
    static LocalWorld world(LocalWorldOptions options, String module, String misbehaviour) {
        return new LocalWorld(options, (modules, processes) -> {
            Map<String, List<String>> commands = new HashMap<>(commands(modules));
            commands.put(module, command(misbehaviour));
            return commands;
        });
    }

    private static Map<String, List<String>> commands(Set<String> modules) {
        Map<String, List<String>> commands = new HashMap<>();
        modules.forEach(module -> commands.put(module, command()));
        return commands;
    }

    static List<String> command(String... arguments) {
        return java(StandIn.class, arguments);
    }

    /** The command that runs a class of these tests in a JVM of its own. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(Jvm.current()
                .command(List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Between the usual ports and those that systems hand out by themselves. */
    private static int freeOffset(int homepages) {
        return ThreadLocalRandom.current()
                .ints(11_000, 14_500)
                .filter(offset -> isFree(new Ports(offset), homepages))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(Ports ports, int homepages) {
        try {
            PortCheck.requireFree(ports, homepages);
            return true;
        } catch (WorldException taken) {
            return false;
        }
    }
}
