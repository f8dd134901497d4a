package dev.stabilitylab.servicekit.settings;

import dev.stabilitylab.apiclient.internal.support.InvalidSettingsException;
import java.util.List;

/** How a service refuses to start because of a setting. */
public final class Settings {

    private Settings() {}

    /**
     * To be thrown while settings are read. The start then ends with the sentence instead of a stack trace.
     *
     * @param sentence names the key, the value and the limit; must not contain a secret, since it is printed and logged
     */
    public static RuntimeException invalid(String sentence) {
        return new InvalidSettingsException(List.of(sentence));
    }
}
