package dev.stabilitylab.benchmarks.home;

import dev.stabilitylab.benchmarks.Page;
import dev.stabilitylab.benchmarks.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringBootVersion;

/** Makes a table of what {@code benchmarks/home} has measured. */
public final class HomeTable {

    private static final String BARE = "jdk";
    private static final String OFF = "off";
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put(BARE, "Spring MVC, RestClient over the JDK's client");
        TITLES.put("apache", "Spring MVC, RestClient over Apache HttpClient");
        TITLES.put(OFF, "homepage-service, policies off");
        TITLES.put("on", "homepage-service, policies on");
    }

    private HomeTable() {}

    /**
     * Prints, and writes.
     *
     * @param args a file with a line for each measurement (contestant, pages a second, microseconds of processor time for a page), a
     *     remark, and then the page to write, if any
     */
    public static void main(String[] args) throws IOException {
        Rounds pages = new Rounds();
        Rounds micros = new Rounds();
        int lines = 0;
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            String[] fields = line.split(" ", -1);
            pages.add(fields[0], Double.parseDouble(fields[1]));
            micros.add(fields[0], Double.parseDouble(fields[2]));
            lines++;
        }
        StringBuilder text = new StringBuilder(
                """
                %s; Spring Boot %s, %s.

                | | pages/s | times the JDK's client | times off | processor time, µs a page | times the JDK's client | times off |
                |---|--:|--:|--:|--:|--:|--:|
                """.formatted(Page.circumstances(lines / TITLES.size()), SpringBootVersion.getVersion(), args[1]));
        TITLES.forEach((contestant, title) -> text.append("| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        title,
                        pages.of(contestant).text("%,.0f"),
                        pages.ratio(contestant, BARE).text("%.2f"),
                        pages.ratio(contestant, OFF).text("%.2f"),
                        micros.of(contestant).text("%,.0f"),
                        micros.ratio(contestant, BARE).text("%.2f"),
                        micros.ratio(contestant, OFF).text("%.2f"))));
        System.out.println(text);
        if (args.length > 2) {
            Page.write(Path.of(args[2]), "home", text.toString());
        }
    }
}
