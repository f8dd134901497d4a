package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.toxic.Attributes;
import java.util.Map;

/**
 * Which requests are meant. What is empty matches everything.
 *
 * @param method exactly
 * @param path without the query; exactly, or the beginning when it ends in {@code *}
 * @param header {@code Name}, which has to be there, or {@code Name: value}
 */
record Match(String method, String path, String header) {

    static Match read(Attributes attributes) {
        Match match =
                new Match(attributes.text("method", ""), attributes.text("path", ""), attributes.text("header", ""));
        require(match.method.chars().allMatch(Match::isMethodChar), "method", match.method, "a method, e.g. GET");
        require(
                match.path.isEmpty() || match.path.startsWith("/") || match.path.equals("*"),
                "path",
                match.path,
                "a path, e.g. /items, or the beginning of one, e.g. /items/*");
        require(isPathText(match.path), "path", match.path, "without blanks, query and fragment");
        require(
                match.header.isEmpty() || isToken(match.headerName()),
                "header",
                match.header,
                "Name or Name: value, e.g. Authorization");
        return match;
    }

    private static void require(boolean condition, String name, String value, String what) {
        if (!condition) {
            throw new IllegalArgumentException("%s is \"%s\"; it must be %s".formatted(name, value, what));
        }
    }

    private static boolean isMethodChar(int value) {
        return Ascii.isTokenChar(value) && !(value >= 'a' && value <= 'z');
    }

    private static boolean isPathText(String path) {
        return path.chars().allMatch(value -> value > ' ' && value <= '~' && value != '?' && value != '#');
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(Ascii::isTokenChar);
    }

    Map<String, Object> attributes() {
        return Map.of("method", method, "path", path, "header", header);
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
            return request.has(headerName(), header.substring(colon + 1).strip());
        }
        return header.isEmpty() || request.has(header);
    }

    private String headerName() {
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }
}
