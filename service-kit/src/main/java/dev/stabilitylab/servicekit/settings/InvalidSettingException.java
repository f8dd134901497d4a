package dev.stabilitylab.servicekit.settings;

/** A setting with which the service must not start. Thrown while settings are read. */
public final class InvalidSettingException extends RuntimeException {

    /**
     * Says what is wrong in one sentence that names the key, the value and the limit.
     *
     * @param sentence must not contain a secret: it is printed and logged
     */
    public InvalidSettingException(String sentence) {
        super(sentence);
    }
}
