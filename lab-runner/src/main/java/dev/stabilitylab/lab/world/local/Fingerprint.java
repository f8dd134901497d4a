package dev.stabilitylab.lab.world.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Short names for content, so that what was prepared for one jar is never used for another. */
final class Fingerprint {

    private static final int BYTES = 6;

    private Fingerprint() {}

    /**
     * Of a jar's content. The checksums in its directory are enough, so that nothing large is read; its time says nothing,
     * since the build sets it to a fixed one.
     */
    static String ofJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return ofText(zip.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .map(entry -> entry.getName() + " " + entry.getSize() + " " + entry.getCrc())
                    .collect(Collectors.joining("\n")));
        }
    }

    /** Of a Java and the flags it is started with. */
    static String of(Jvm jvm, List<String> flags) {
        return ofText(jvm.version() + "\n" + String.join("\n", flags));
    }

    private static String ofText(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
