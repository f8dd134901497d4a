package dev.stabilitylab.lab.world.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for messages about a process that died. */
final class LogTail {

    private static final int LINES = 20;
    /** Enough for twenty long lines; a log may be of any size. */
    private static final int MAX_BYTES = 32 * 1024;

    private LogTail() {}

    /** The last lines, indented, or a remark that there are none. */
    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - MAX_BYTES));
            byte[] end = new byte[(int) Math.min(MAX_BYTES, file.length())];
            int read = Math.max(0, file.read(end));
            List<String> lines =
                    new String(end, 0, read, StandardCharsets.UTF_8).lines().toList();
            return lines.isEmpty()
                    ? "Its log %s is empty.".formatted(log)
                    : "The end of its log %s:\n%s".formatted(log, last(lines));
        } catch (IOException e) {
            return "Its log %s cannot be read: %s".formatted(log, e.getMessage());
        }
    }

    private static String last(List<String> lines) {
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES))
                .map(line -> "  " + line)
                .collect(Collectors.joining("\n"));
    }
}
