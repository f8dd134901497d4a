package dev.stabilitylab.lab.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives out file names made of names from scripts: safe on every file system, and no two alike. */
final class FileNames {

    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /** A file name without directories for this name, such as {@code no-retries.png}; with a number added when it is taken. */
    String next(String name, String ending) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        if (safe.isEmpty()) {
            safe = "variant";
        }
        safe = safe.substring(0, Math.min(LONGEST, safe.length()));
        String candidate = safe + ending;
        // Some file systems do not tell upper from lower case.
        for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = safe + "-" + i + ending;
        }
        return candidate;
    }
}
