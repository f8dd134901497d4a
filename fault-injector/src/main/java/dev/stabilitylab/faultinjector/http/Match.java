package dev.stabilitylab.faultinjector.http;

import java.util.regex.Pattern;

/**
 * Which requests are meant. What is empty matches everything.
 *
 * @param method exactly
 * @param path without the query; exactly, or the beginning when it ends in {@code *}
 * @param header {@code Name}, which has to be there, or {@code Name: value}
 */
record Match(String method, String path, String header) {

    private static final Pattern PATH = Pattern.compile("\\*|(/[!-~&&[^?#]]*)?");

    Match {
        boolean upperCase = method.chars().noneMatch(Character::isLowerCase);
        require(method.isEmpty() || (upperCase && Ascii.isToken(method)), "method", method, "a method, e.g. GET");
        require(
                PATH.matcher(path).matches(),
                "path",
                path,
                "a path without blanks, query and fragment, e.g. /items, or the beginning of one, e.g. /items/*");
        require(
                header.isEmpty() || Ascii.isToken(name(header)),
                "header",
                header,
                "Name or Name: value, e.g. Authorization");
    }

    private static void require(boolean condition, String name, String value, String what) {
        if (!condition) {
            throw new IllegalArgumentException("%s is \"%s\"; it must be %s".formatted(name, value, what));
        }
    }

    boolean matches(RequestHead request) {
        return (method.isEmpty() || method.equals(request.method()))
                && matchesPath(request.path())
                && matchesHeader(request);
    }

    private boolean matchesPath(String given) {
        if (path.endsWith("*")) {
            return given.startsWith(path.substring(0, path.length() - 1));
        }
        return path.isEmpty() || path.equals(given);
    }

    private boolean matchesHeader(RequestHead request) {
        int colon = header.indexOf(':');
        if (colon >= 0) {
            return request.has(name(header), header.substring(colon + 1).strip());
        }
        return header.isEmpty() || request.has(header);
    }

    private static String name(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }
}
