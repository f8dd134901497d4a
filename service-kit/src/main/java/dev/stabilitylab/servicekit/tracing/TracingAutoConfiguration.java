package dev.stabilitylab.servicekit.tracing;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** What Boot's support for OpenTelemetry lacks: log records, a quick end, and quiet about probes and scrapes. */
@AutoConfiguration(
        afterName = "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration")
class TracingAutoConfiguration {

    @Bean
    @ConditionalOnBean(OpenTelemetrySdk.class)
    LogExport logExport(OpenTelemetrySdk openTelemetry) {
        return new LogExport(openTelemetry);
    }

    /** Prometheus comes every second, and a trace of that says nothing. */
    @Bean
    SpanExportingPredicate noActuator() {
        return span -> !span.getTags().getOrDefault("uri", "").startsWith("/actuator");
    }
}
