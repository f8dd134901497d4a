package dev.stabilitylab.lab.report.timeline;

import java.util.Comparator;

/** Orders names with numbers at the end as people do: {@code homepage-2} before {@code homepage-10}. */
enum NaturalOrder implements Comparator<String> {
    /** The one. */
    INSTANCE;

    private static final Comparator<String> ORDER = Comparator.comparing(NaturalOrder::stem)
            .thenComparingInt(name -> name.length() - stem(name).length())
            .thenComparing(Comparator.naturalOrder());

    @Override
    public int compare(String left, String right) {
        return ORDER.compare(left, right);
    }

    private static String stem(String name) {
        int end = name.length();
        while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }
}
