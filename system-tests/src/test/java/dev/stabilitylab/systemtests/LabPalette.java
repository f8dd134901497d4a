package dev.stabilitylab.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The colours of the lab's reports, read from their source: no module but the lab's own has its classes.
 *
 * @param colours all of them
 * @param ofNames by the key and by the name of a swatch, its colours on light and on dark ground
 */
record LabPalette(Set<String> colours, Map<String, Set<String>> ofNames) {

    /** The theme's colour of text stands for black, which a dark screen does not show. */
    static final String TEXT = "text";

    private static final String SOURCE = "lab-runner/src/main/java/dev/stabilitylab/lab/report/palette/Palette.java";
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = \"(#[0-9A-F]{6})\";");
    private static final Pattern SWATCH =
            Pattern.compile("new Swatch\\(\\s*\"([^\"]+)\",\\s*\"([^\"]*)\",\\s*([^,\\s]+),\\s*([^)\\s]+)\\)");

    static LabPalette read() {
        String source;
        try {
            source = Files.readString(Project.file(SOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> constants = new HashMap<>();
        Matcher constant = CONSTANT.matcher(source);
        while (constant.find()) {
            constants.put(constant.group(1), constant.group(2));
        }
        Set<String> colours = new HashSet<>(constants.values());
        Map<String, Set<String>> ofNames = new HashMap<>();
        Matcher swatch = SWATCH.matcher(source);
        while (swatch.find()) {
            Set<String> both = new HashSet<>();
            for (int group : new int[] {3, 4}) {
                String colour = swatch.group(group);
                both.add(colour.equals("BLACK") ? TEXT : constants.getOrDefault(colour, colour.replace("\"", "")));
            }
            colours.addAll(both);
            ofNames.put(swatch.group(1), both);
            ofNames.put(swatch.group(2), both);
        }
        return new LabPalette(colours, ofNames);
    }
}
