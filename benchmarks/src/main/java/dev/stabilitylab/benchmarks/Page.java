package dev.stabilitylab.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page in the docs that shows the results. */
public final class Page {

    private static final Pattern JAR = Pattern.compile(".*/(?<name>[^/]+?)-(?<version>\\d[^/]*)\\.jar");

    private Page() {}

    /**
     * Writes between the two markers of that name, in place of what is there.
     *
     * @throws IllegalArgumentException when the page has no such markers
     */
    public static void write(Path page, String marker, String text) throws IOException {
        String begin = "<!-- benchmarks:%s begin -->".formatted(marker);
        String end = "<!-- benchmarks:%s end -->".formatted(marker);
        String before = Files.readString(page);
        int from = before.indexOf(begin) + begin.length();
        int to = before.indexOf(end);
        if (from < begin.length() || to < from) {
            throw new IllegalArgumentException(
                    "%s has no lines %s and %s to write between".formatted(page, begin, end));
        }
        Files.writeString(page, before.substring(0, from) + "\n" + text + before.substring(to));
    }

    /** When and on what it was measured. */
    public static String circumstances(int rounds) {
        return "%s; JDK %s; %d processors, %s, %s; %d rounds"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC)
                                .format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)),
                        System.getProperty("java.vm.version"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        rounds);
    }

    /** Name and version of the library that a class is from. */
    public static String library(Class<?> type) {
        Matcher jar = JAR.matcher(
                type.getProtectionDomain().getCodeSource().getLocation().getPath());
        return jar.matches() ? jar.group("name") + " " + jar.group("version") : type.getName();
    }
}
