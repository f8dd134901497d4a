package dev.stabilitylab.lab.docs;

import java.nio.file.Path;

/**
 * Something that is wrong with a page.
 *
 * @param line from 1
 */
record Problem(int line, String sentence) {

    /** For people, as {@code file:line: sentence}. */
    String in(Path file) {
        return "%s:%d: %s".formatted(file, line, sentence);
    }
}
