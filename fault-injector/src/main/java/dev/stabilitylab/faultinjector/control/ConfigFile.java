package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file with the proxies that there are from the start. It is read strictly, since a person wrote it. */
public final class ConfigFile {

    private final Path path;

    /** Does not read it yet. */
    public ConfigFile(Path path) {
        this.path = path;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it cannot be used; the message names the file, the proxy by its position, and the field
     */
    public List<WantedProxy> read() {
        try {
            JsonNode list = Json.parseStrictly(Files.readAllBytes(path));
            if (!list.isArray()) {
                throw new IllegalArgumentException("it is not a JSON array of proxies");
            }
            return Json.each("proxy", list, ConfigFile::proxy);
        } catch (NoSuchFileException e) {
            throw unusable("there is no such file", e);
        } catch (IOException e) {
            throw unusable("it cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private static WantedProxy proxy(JsonNode entry) {
        ProxyBody body = Json.readStrictly(entry, ProxyBody.class);
        WantedProxy wanted = body.wanted();
        return new WantedProxy(
                wanted.settings(), wanted.outage(), body.wantedToxics().orElse(List.of()));
    }

    private IllegalArgumentException unusable(String reason, Exception cause) {
        return new IllegalArgumentException("--config is %s; %s".formatted(path, reason), cause);
    }
}
