package dev.stabilitylab.lab.world.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Java keeps what it learned while starting a program, to start it faster the next time: class data sharing up to 23,
 * an ahead-of-time cache from 24 on.
 *
 * @param file where the archive is or will be, named after the Java and its flags
 */
record StartUpArchive(Jvm jvm, Path file) {

    private static final int AHEAD_OF_TIME = 24;

    /** For a program in this directory. */
    static StartUpArchive in(Path directory, Jvm jvm) {
        String ending = jvm.feature() >= AHEAD_OF_TIME ? ".aot" : ".jsa";
        String name = "java-%d-%s%s".formatted(jvm.feature(), Fingerprint.of(jvm, jvm.flags()), ending);
        return new StartUpArchive(jvm, directory.resolve(name));
    }

    /** Options to start with the archive. An archive that does not fit is passed over by the JVM, which then starts slower. */
    List<String> use() {
        return jvm.feature() >= AHEAD_OF_TIME
                ? List.of("-XX:AOTCache=" + file)
                : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /**
     * Commands that make the archive, in this order.
     *
     * @param program a command line that starts the program and lets it end by itself, without the JVM's flags
     * @param target where the archive is to be written
     */
    List<List<String>> make(List<String> program, Path target) {
        if (jvm.feature() < AHEAD_OF_TIME) {
            return List.of(command(List.of("-XX:ArchiveClassesAtExit=" + target), program));
        }
        String recording = "-XX:AOTConfiguration=" + target + ".recording";
        return List.of(
                command(List.of("-XX:AOTMode=record", recording), program),
                command(List.of("-XX:AOTMode=create", recording, "-XX:AOTCache=" + target), program));
    }

    private List<String> command(List<String> options, List<String> program) {
        List<String> all = new ArrayList<>(jvm.flags());
        all.addAll(options);
        all.addAll(program);
        return jvm.command(all);
    }
}
