package dev.stabilitylab.lab.report.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Tells the browser to run our own scripts only and to fetch nothing. It is the second lock on the door: should text from a
 * script file ever get into the page as markup, it still does nothing.
 */
final class ContentSecurity {

    private ContentSecurity() {}

    static String allowOnly(List<String> scripts) {
        StringBuilder policy =
                new StringBuilder("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src");
        for (String script : scripts) {
            policy.append(" 'sha256-").append(hash(script)).append('\'');
        }
        return policy.toString();
    }

    private static String hash(String script) {
        try {
            // A browser hashes what it parsed, in which line ends are always \n.
            byte[] bytes = script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
