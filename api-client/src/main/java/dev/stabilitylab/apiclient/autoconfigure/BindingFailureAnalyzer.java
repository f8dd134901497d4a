package dev.stabilitylab.apiclient.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

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
                "%s is %s; %s".formatted(name, property.getValue(), limit(cause)),
                "Change the setting%s."
                        .formatted(property.getOrigin() == null ? "" : ", which comes from " + property.getOrigin()),
                cause);
    }

    private static String limit(Throwable cause) {
        Throwable deepest = cause;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            deepest = each;
            if (each instanceof ConversionFailedException failed
                    && failed.getTargetType().getType().isEnum()) {
                return "it must be one of " + choices(failed.getTargetType().getType());
            }
        }
        return "that is not possible: " + deepest.getMessage();
    }

    private static String choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
