package dev.stabilitylab.apiclient.internal.support;

import java.util.List;

/** Settings that keep an application from starting. */
public final class InvalidSettingsException extends RuntimeException {

    private final List<String> sentences;

    /**
     * All mistakes at once, so that one start shows them all.
     *
     * @param sentences each names the key, the value and the limit; none may contain a secret, since they are printed and logged
     */
    public InvalidSettingsException(List<String> sentences) {
        super(String.join("; ", sentences));
        this.sentences = List.copyOf(sentences);
    }

    List<String> sentences() {
        return sentences;
    }
}
