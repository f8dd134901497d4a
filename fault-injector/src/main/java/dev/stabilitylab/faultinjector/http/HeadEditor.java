package dev.stabilitylab.faultinjector.http;

import java.util.Locale;
import java.util.Set;

/** Changes the headers of a message's head. */
final class HeadEditor {

    private HeadEditor() {}

    /**
     * Takes headers out and puts others in, behind those that stay; what stays does so byte for byte.
     *
     * @param dropped names in small letters
     * @param added lines with their ends
     */
    static String edit(String head, Set<String> dropped, String added) {
        StringBuilder edited = new StringBuilder(head.length() + added.length());
        int at = 0;
        for (int lf = head.indexOf('\n'); lf >= 0; lf = head.indexOf('\n', at)) {
            String line = head.substring(at, lf + 1);
            if (line.isBlank()) {
                edited.append(added);
            }
            if (at == 0 || !dropped.contains(name(line))) {
                edited.append(line);
            }
            at = lf + 1;
        }
        return edited.toString();
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
