package dev.stabilitylab.lab.report.png;

/** This Java runtime cannot draw pictures. The message is for people. */
public final class PngUnavailableException extends Exception {

    PngUnavailableException(Throwable cause) {
        super(
                "The PNG charts were not drawn, since this Java runtime cannot draw text: %s. On a server, install a full "
                                .formatted(firstLine(cause))
                        + "JRE (not a headless one without fonts), fontconfig and a font such as DejaVu. "
                        + "All other files are complete.",
                cause);
    }

    private static String firstLine(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElse("an error without a name");
    }
}
