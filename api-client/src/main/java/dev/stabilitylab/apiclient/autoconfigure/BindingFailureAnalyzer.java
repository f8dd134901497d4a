package dev.stabilitylab.apiclient.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One sentence for a value of ours or of Resilience4j's that was refused before it reached our own checks. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        if (property == null) {
            return null;
        }
        String name = property.getName().toString();
        if (!(name.startsWith("resilience4j.") || name.startsWith("api-client."))) {
            return null;
        }
        return new FailureAnalysis(
                "%s is %s; that is not possible: %s".formatted(name, property.getValue(), deepest(cause)),
                "Change the setting%s."
                        .formatted(property.getOrigin() == null ? "" : ", which comes from " + property.getOrigin()),
                cause);
    }

    private static String deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
