package dev.stabilitylab.faultinjector.faults;

/**
 * A body from the control API.
 *
 * @param body empty for the fault's default
 * @param contentType of the body; empty for the fault's default
 */
record Content(String body, String contentType) {

    private static final int MAX_CHARACTERS = 65_536;

    Content {
        if (body.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "body has %d characters; it must have %d at most".formatted(body.length(), MAX_CHARACTERS));
        }
        if (contentType.chars().anyMatch(value -> value < ' ' || value > '~')) {
            throw new IllegalArgumentException(
                    "content_type is \"%s\"; it must be printable ASCII, e.g. text/plain".formatted(contentType));
        }
    }

    String bodyOr(String otherwise) {
        return body.isEmpty() ? otherwise : body;
    }

    /** The type; {@code text/plain} for a body that was given without one. */
    String typeOr(String otherwise) {
        if (!contentType.isEmpty()) {
            return contentType;
        }
        return body.isEmpty() ? otherwise : "text/plain; charset=utf-8";
    }
}
