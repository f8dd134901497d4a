package dev.stabilitylab.lab.world.remote;

import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.remote.Addresses.Setting;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A file of addresses, with the environment on top. A key that is not known is refused: it would be ignored in silence. */
final class AddressSource {

    private static final List<String> KEYS = List.of(
            Addresses.HOMEPAGES, Addresses.INJECTOR, "auth", "recommendations", "popularity", Addresses.GRAFANA);
    private static final int MAX_BYTES = 64 * 1024;

    private final @Nullable Path file;
    private final Properties properties;
    private final Map<String, String> environment;

    AddressSource(@Nullable Path file, Map<String, String> environment) {
        this.file = file;
        this.properties = file == null ? new Properties() : read(file);
        this.environment = environment;
    }

    /** Null when neither has it. An empty value is one. */
    @Nullable
    Setting get(String key) {
        String variable = "LAB_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        String value = environment.get(variable);
        if (value != null) {
            return new Setting(variable, value.strip());
        }
        String written = properties.getProperty(key);
        return written == null ? null : new Setting(key + " in " + file, written.strip());
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                throw new WorldException("%s has %d bytes; a file of addresses has at most %d."
                        .formatted(file, Files.size(file), MAX_BYTES));
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new WorldException("The addresses of the system cannot be read from %s: %s".formatted(file, e), e);
        }
        for (String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new WorldException(
                        "%s has a key \"%s\"; known are %s.".formatted(file, key, String.join(", ", KEYS)));
            }
        }
        return properties;
    }
}
