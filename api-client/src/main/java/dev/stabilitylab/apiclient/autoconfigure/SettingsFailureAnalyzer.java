package dev.stabilitylab.apiclient.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns {@link InvalidSettingsException} into what a person reads when the service does not start. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
        return new FailureAnalysis(
                String.join(System.lineSeparator(), cause.sentences()),
                "Change the settings named above; metadata for your IDE completes their keys.",
                cause);
    }
}
