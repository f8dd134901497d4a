package dev.stabilitylab.lab.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files on the class path, beside this class or by absolute path. */
final class Resource {

    private Resource() {}

    static String text(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(path), e);
        }
    }

    static InputStream open(String path) {
        InputStream in = Resource.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("%s is missing on the class path".formatted(path));
        }
        return in;
    }
}
