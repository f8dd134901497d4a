package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.toxic.Attributes;

/**
 * A body from the control API.
 *
 * @param body empty for the fault's default
 * @param type of the body; empty for the fault's default
 */
record Content(String body, String type) {

    private static final int MAX_CHARACTERS = 65_536;

    static Content read(Attributes attributes) {
        String body = attributes.text("body", "");
        String type = attributes.text("content_type", "");
        if (body.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "body has %d characters; it must have %d at most".formatted(body.length(), MAX_CHARACTERS));
        }
        if (type.chars().anyMatch(value -> value < ' ' || value > '~')) {
            throw new IllegalArgumentException(
                    "content_type is \"%s\"; it must be printable ASCII, e.g. text/plain".formatted(type));
        }
        return new Content(body, type);
    }

    String bodyOr(String otherwise) {
        return body.isEmpty() ? otherwise : body;
    }

    /** The type; {@code text/plain} for a body that was given without one. */
    String typeOr(String otherwise) {
        if (!type.isEmpty()) {
            return type;
        }
        return body.isEmpty() ? otherwise : "text/plain; charset=utf-8";
    }
}
