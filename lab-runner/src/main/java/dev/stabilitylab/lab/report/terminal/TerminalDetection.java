package dev.stabilitylab.lab.report.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what the terminal of this process can do. */
record TerminalDetection(Map<String, String> environment, Properties properties) {

    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /**
     * For one of the standard streams.
     *
     * @param stream {@code stdout} or {@code stderr}; the script that starts the lab tells in a property whether it is a terminal,
     *     since Java cannot ask
     */
    Terminal detect(String stream) {
        String told = properties.getProperty("lab.%s.terminal".formatted(stream));
        return detect(told == null ? isTerminal() : Boolean.parseBoolean(told));
    }

    Terminal detect(boolean terminal) {
        boolean interactive = terminal && !"dumb".equals(environment.get("TERM"));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(interactive, interactive && !noColour, unicode(), columns(interactive));
    }

    /** Since 22 there is a console even without a terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // null is how 17 tells
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private boolean unicode() {
        for (String key : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding", "file.encoding"}) {
            String name = properties.getProperty(key);
            if (name != null && !name.isEmpty()) {
                return isUtf8(name);
            }
        }
        return false;
    }

    private static boolean isUtf8(String name) {
        try {
            return Charset.forName(name).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    private int columns(boolean interactive) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        return interactive ? columnsByStty() : Terminal.DEFAULT_COLUMNS;
    }

    private static int columnsByStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Terminal.DEFAULT_COLUMNS;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = SIZE.matcher(size);
            int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            return columns > 0 ? columns : Terminal.DEFAULT_COLUMNS;
        } catch (IOException e) {
            return Terminal.DEFAULT_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Terminal.DEFAULT_COLUMNS;
        }
    }
}
