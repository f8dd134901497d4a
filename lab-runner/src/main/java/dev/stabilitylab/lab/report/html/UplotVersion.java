package dev.stabilitylab.lab.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of uPlot on the class path, as its webjar states it: a webjar has it in the paths of its files. */
final class UplotVersion {

    static final String VALUE = read();

    private static final String PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private UplotVersion() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = Resource.open(PROPERTIES)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
