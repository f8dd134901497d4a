package dev.stabilitylab.servicekit.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * A caller's secret, as in {@code Authorization: Token 0x132}. It prints itself without its value, so that it can stand
 * in any log statement.
 */
public final class Token {

    /** Longest value that is accepted, in characters. */
    public static final int MAX_LENGTH = 256;

    // RFC 9110, 11.2: a scheme in any case, spaces, and a token68.
    private static final Pattern CREDENTIALS = Pattern.compile("(?i:Token) +(\\S+)");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    /**
     * The token in the request's Authorization header.
     *
     * @throws dev.stabilitylab.servicekit.problems.ProblemException with status 401 when there is no such header, more
     *     than one, or one that is malformed
     */
    public static Token from(HttpHeaders headers) {
        List<String> values = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (values.isEmpty()) {
            throw AccessProblems.unauthorized("The request has no Authorization header.");
        }
        if (values.size() > 1) {
            throw AccessProblems.unauthorized("The request has more than one Authorization header.");
        }
        Matcher matcher = CREDENTIALS.matcher(values.get(0).strip());
        if (!matcher.matches() || !isValid(matcher.group(1))) {
            throw AccessProblems.unauthorized(
                    "The Authorization header must be the word Token, a space, and a token of 1 to %d characters."
                            .formatted(MAX_LENGTH));
        }
        return new Token(matcher.group(1));
    }

    /** Whether this can be a token's value: a token68 of at most {@value #MAX_LENGTH} characters. */
    public static boolean isValid(String value) {
        return value.length() <= MAX_LENGTH && VALUE.matcher(value).matches();
    }

    /** The secret itself. Neither to be logged nor to be put into an answer. */
    public String value() {
        return value;
    }

    /** Tells this token from others without telling it: its SHA-256, in hexadecimal. */
    String fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The Authorization header that forwards this token. */
    public String toHeader() {
        return "Token " + value;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
