package dev.stabilitylab.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link in the docs that stays in this project leads somewhere, to the very heading. */
class DocsLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");

    @ParameterizedTest
    @MethodSource("pages")
    void leadsSomewhere(String page) throws IOException {
        Path file = Project.file(page);

        List<String> broken = LINK.matcher(text(file))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                .filter(target -> !exists(file, target))
                .toList();

        assertThat(broken).isEmpty();
    }

    static Stream<String> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Project.file("docs"))) {
            List<String> pages = docs.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> Project.ROOT.relativize(file).toString())
                    .toList();
            return Stream.concat(Stream.of("README.md"), pages.stream());
        }
    }

    private static boolean exists(Path page, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            return parts.length == 1 || anchors(text(file)).contains(parts[1]);
        } catch (IOException e) {
            return false;
        }
    }

    /** As GitHub makes them: lower case, without punctuation, hyphens for spaces, and a number for one that is there again. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text).results().forEach(match -> {
            String anchor = match.group(1)
                    .replaceAll("\\]\\([^)]*\\)", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            for (int i = 1; !anchors.add(i == 1 ? anchor : anchor + "-" + (i - 1)); i++) {
                // The next number.
            }
        });
        return anchors;
    }

    /** Without blocks of code, whose comments would be headings. */
    private static String text(Path file) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(file)).replaceAll("");
    }
}
