package dev.stabilitylab.apiclient.internal.support;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints the sentences instead of a stack trace. First in line: Spring's own analyzers would print values, also secret ones. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
        return new FailureAnalysis(
                String.join(System.lineSeparator(), cause.sentences()),
                "Correct the settings named above and start the application again.",
                cause);
    }
}
