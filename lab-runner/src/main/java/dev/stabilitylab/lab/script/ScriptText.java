package dev.stabilitylab.lab.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a script, with limits on what is taken for one. */
final class ScriptText {

    static final int MAX_BYTES = 1 << 20;

    private ScriptText() {}

    /**
     * Reads a file as UTF-8.
     *
     * @throws ScriptException when there is no such file, it is too large or it is not text
     */
    static String read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            throw problems.fatal("there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw problems.fatal("this is a folder; a script is a file");
        }
        if (!Files.isRegularFile(file)) {
            throw problems.fatal("this is not a regular file");
        }
        byte[] bytes = bytes(file, problems);
        if (bytes.length > MAX_BYTES) {
            throw problems.fatal("the file is larger than 1 MiB, the limit for a script");
        }
        return decode(bytes, problems);
    }

    private static byte[] bytes(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw problems.fatal("the file cannot be read: " + e);
        }
    }

    private static String decode(byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw problems.fatal(lineOf(in.position(), bytes), "the file is not UTF-8 text from here on");
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int lineOf(int position, byte[] bytes) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
