package dev.stabilitylab.apiclient.autoconfigure;

import java.util.List;

/** Settings that keep the service from starting; one sentence for each, with key, value and limit. */
final class InvalidSettingsException extends RuntimeException {

    private final List<String> sentences;

    InvalidSettingsException(List<String> sentences) {
        super(String.join("; ", sentences));
        this.sentences = List.copyOf(sentences);
    }

    List<String> sentences() {
        return sentences;
    }
}
