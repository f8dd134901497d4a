package dev.stabilitylab.servicekit.tracing;

import ch.qos.logback.classic.LoggerContext;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.concurrent.TimeUnit;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Hands the service's log to OpenTelemetry for as long as the context lives, and ends OpenTelemetry with it: Boot gives what is still queued
 * ten seconds to get out, which a receiver that hangs would use up.
 */
final class LogExport implements DisposableBean {

    private static final int SECONDS_TO_FLUSH = 1;

    private final OpenTelemetrySdk openTelemetry;
    private final LogRecordAppender appender;

    LogExport(OpenTelemetrySdk openTelemetry) {
        this.openTelemetry = openTelemetry;
        this.appender = new LogRecordAppender(openTelemetry.getLogsBridge());
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            appender.setContext(context);
            appender.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        }
    }

    @Override
    public void destroy() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        }
        appender.stop();
        openTelemetry.shutdown().join(SECONDS_TO_FLUSH, TimeUnit.SECONDS);
    }
}
