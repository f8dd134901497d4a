package dev.stabilitylab.lab.docs;

/** A stretch of a page. */
sealed interface Part {

    /**
     * What people wrote; it is never touched.
     *
     * @param line where it begins, from 1
     */
    record Prose(int line, String text) implements Part {}

    /**
     * What is generated, between two comments.
     *
     * @param line where it begins, from 1
     * @param head the comment with the directive, its line's end included
     * @param content all that stands between the comments
     * @param tail the line of the comment that ends it
     */
    record Block(int line, String head, Directive directive, String content, String tail) implements Part {

        /** The content without the empty lines around it. */
        String text() {
            return content.strip();
        }
    }
}
