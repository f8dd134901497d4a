package dev.stabilitylab.lab.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What a run ran on, since figures mean little without it. */
public final class Environment {

    private Environment() {}

    /**
     * Facts by name, in the order in which they are to be read.
     *
     * @param home the project's directory; a service's jar there tells its version of Spring Boot
     */
    public static Map<String, Object> describe(Path home, long seed, double timeScale) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("lab", lab());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("springBoot", springBoot(home.resolve("homepage-service/target/homepage-service.jar")));
        facts.put("seed", seed);
        facts.put("timeScale", timeScale);
        return facts;
    }

    /** From the jar's manifest. */
    private static String lab() {
        String version = Environment.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static @Nullable String springBoot(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue("Spring-Boot-Version");
        } catch (IOException unreadable) {
            return null;
        }
    }
}
