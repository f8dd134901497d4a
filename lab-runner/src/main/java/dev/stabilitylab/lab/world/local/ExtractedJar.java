package dev.stabilitylab.lab.world.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a jar is, or will be, extracted and accompanied by a start-up archive. A part that is there is complete: everything is
 * made under another name and renamed.
 *
 * @param name the module's
 * @param source the jar as it was built
 * @param directory named after the jar's content
 */
record ExtractedJar(String name, Path source, Path directory, Jvm jvm) {

    static ExtractedJar of(String name, Path source, Path parent, Jvm jvm) throws IOException {
        return new ExtractedJar(name, source, parent.resolve(name + "-" + Fingerprint.ofJar(source)), jvm);
    }

    boolean isExtracted() {
        return Files.isRegularFile(jar());
    }

    boolean hasArchive() {
        return Files.isRegularFile(archive().file());
    }

    /** Whether all was done that can be. What failed once would fail the next time, too, and is not tried again. */
    boolean isPrepared() {
        return isExtracted()
                ? hasArchive() || Files.isRegularFile(archivingLog())
                : Files.isRegularFile(extractingLog());
    }

    Path jar() {
        return directory.resolve(source.getFileName());
    }

    StartUpArchive archive() {
        return StartUpArchive.in(directory, jvm);
    }

    /** The log of an extraction that failed. */
    Path extractingLog() {
        return directory.resolveSibling(directory.getFileName() + ".failed");
    }

    /** The log of an attempt to make the archive that failed. */
    Path archivingLog() {
        return directory.resolve(archive().file().getFileName() + ".failed");
    }

    /** The fastest way to start the program that there is by now. */
    List<String> command() {
        List<String> options = new ArrayList<>(jvm.flags());
        if (hasArchive()) {
            options.addAll(archive().use());
        }
        options.addAll(List.of("-jar", (isExtracted() ? jar() : source).toString()));
        return jvm.command(options);
    }

    /** The command that extracts it. */
    List<String> extraction(Path destination) {
        return jvm.command(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djarmode=tools",
                "-jar",
                source.toString(),
                "extract",
                "--destination",
                destination.toString()));
    }

    /**
     * A command line, without the JVM's flags, that starts the program and opens no fixed port. A service ends by itself when its
     * context is refreshed, the fault injector when it finds that it has no input.
     */
    List<String> rehearsal() {
        List<String> program = new ArrayList<>(List.of("-Dspring.context.exit=onRefresh", "-jar", jar().toString()));
        if (name.equals(Blueprint.INJECTOR)) {
            program.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--stop-when-orphaned"));
        }
        return program;
    }
}
