package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Directive.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines of the project's own files, as they stand there now. */
final class Quotes {

    private static final Map<String, String> LANGUAGES = Map.of(
            "java", "java",
            "yml", "yaml",
            "yaml", "yaml",
            "json", "json",
            "sh", "sh",
            "ts", "ts",
            "xml", "xml");

    private final Path home;

    /** With the project's folder, outside of which nothing is quoted. */
    Quotes(Path home) {
        this.home = home;
    }

    /**
     * A block of code, and where it is from.
     *
     * @param folder of the page that quotes, for the link
     * @throws IllegalArgumentException with a sentence on why there is no such region
     */
    String text(Quote quote, Path folder) {
        Path file = file(quote);
        List<String> lines = trimmed(region(quote, file));
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(refusal(quote, "there is nothing in it"));
        }
        String link = folder.relativize(file).toString().replace('\\', '/');
        return CodeFence.around(dedented(lines), language(file)) + "\n\nfrom [%s](%s)".formatted(quote.path(), link);
    }

    private Path file(Quote quote) {
        try {
            Path file = home.resolve(quote.path()).normalize();
            if (!file.startsWith(home)) {
                throw new IllegalArgumentException(refusal(quote, "it is outside of the project's folder"));
            }
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(refusal(quote, "there is no such file"));
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(refusal(quote, "that is not the path of a file"), e);
        }
    }

    private static List<String> region(Quote quote, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            boolean keys = language(file).equals("yaml") && !MarkedRegion.isIn(lines, quote.region());
            return keys ? YamlRegion.find(lines, quote.region()) : MarkedRegion.find(lines, quote.region());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(refusal(quote, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(refusal(quote, "it cannot be read: " + e), e);
        }
    }

    private static String refusal(Quote quote, String why) {
        return "%s#%s cannot be quoted: %s".formatted(quote.path(), quote.region(), why);
    }

    /** Without empty lines at both ends. */
    private static List<String> trimmed(List<String> lines) {
        List<String> trimmed = new ArrayList<>(lines);
        while (!trimmed.isEmpty() && trimmed.get(0).isBlank()) {
            trimmed.remove(0);
        }
        while (!trimmed.isEmpty() && trimmed.get(trimmed.size() - 1).isBlank()) {
            trimmed.remove(trimmed.size() - 1);
        }
        return trimmed;
    }

    private static String dedented(List<String> lines) {
        return String.join("\n", lines).stripIndent();
    }

    private static String language(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return LANGUAGES.getOrDefault(ending, "");
    }
}
