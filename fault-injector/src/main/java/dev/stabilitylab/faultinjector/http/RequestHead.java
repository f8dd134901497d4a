package dev.stabilitylab.faultinjector.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A request's head, for the question whether it is meant. Only made when there is a fault that asks. */
public final class RequestHead {

    private final String text;
    private final String method;
    private final String path;
    private final int firstLineEnd;

    /** Takes a head that is known to be well-formed, each byte a character. */
    RequestHead(String text) {
        this.text = text;
        int methodEnd = text.indexOf(' ');
        this.method = text.substring(0, methodEnd);
        this.path = path(text.substring(methodEnd + 1, text.indexOf(' ', methodEnd + 1)));
        this.firstLineEnd = text.indexOf('\n');
    }

    public String method() {
        return method;
    }

    /** The path without the query, also of a target with scheme and host. */
    String path() {
        return path;
    }

    private static String path(String target) {
        int start = 0;
        int scheme = target.indexOf("://");
        if (!target.startsWith("/") && scheme >= 0) {
            start = target.indexOf('/', scheme + 3);
            if (start < 0) {
                return "/";
            }
        }
        int query = target.indexOf('?', start);
        return query < 0 ? target.substring(start) : target.substring(start, query);
    }

    /** What a person wants to know of the request: its first line, and the trace that it belongs to, if any. */
    Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        details.put("request", text.substring(0, firstLineEnd).stripTrailing());
        any("traceparent", value -> {
            details.put("traceparent", value);
            return true;
        });
        return details;
    }

    public boolean isHttp10() {
        return text.startsWith("HTTP/1.0", text.indexOf(' ', method.length() + 1) + 1);
    }

    boolean has(String name) {
        return any(name, value -> true);
    }

    boolean has(String name, String value) {
        return any(name, value::equals);
    }

    /** Whether a header that is a list has that word in it, in any case. */
    public boolean hasToken(String name, String token) {
        return any(name, value -> {
            for (String one : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                if (one.strip().equals(token)) {
                    return true;
                }
            }
            return false;
        });
    }

    private boolean any(String name, Predicate<String> condition) {
        int at = firstLineEnd + 1;
        for (int lf = text.indexOf('\n', at); lf >= 0; lf = text.indexOf('\n', at)) {
            int colon = at + name.length();
            if (colon < lf
                    && text.charAt(colon) == ':'
                    && text.regionMatches(true, at, name, 0, name.length())
                    && condition.test(text.substring(colon + 1, lf).strip())) {
                return true;
            }
            at = lf + 1;
        }
        return false;
    }
}
