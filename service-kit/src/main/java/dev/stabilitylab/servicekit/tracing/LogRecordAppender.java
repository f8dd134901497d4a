package dev.stabilitylab.servicekit.tracing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;

/** Makes an OpenTelemetry log record of every log event. The trace that it belongs to is the thread's current one. Never waits. */
final class LogRecordAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final AttributeKey<String> THREAD = AttributeKey.stringKey("thread.name");
    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> EXCEPTION_STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");

    private final LoggerProvider loggers;

    LogRecordAppender(LoggerProvider loggers) {
        this.loggers = loggers;
    }

    @Override
    protected void append(ILoggingEvent event) {
        // What the exporter says of a receiver that is down must not become more to export.
        if (event.getLoggerName().startsWith("io.opentelemetry.")) {
            return;
        }
        LogRecordBuilder entry = loggers.get(event.getLoggerName())
                .logRecordBuilder()
                .setTimestamp(event.getInstant())
                .setSeverity(severity(event.getLevel()))
                .setSeverityText(event.getLevel().toString())
                .setBody(event.getFormattedMessage())
                .setAttribute(THREAD, event.getThreadName());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            entry.setAttribute(EXCEPTION_TYPE, thrown.getClassName());
            if (thrown.getMessage() != null) {
                entry.setAttribute(EXCEPTION_MESSAGE, thrown.getMessage());
            }
            entry.setAttribute(EXCEPTION_STACK_TRACE, ThrowableProxyUtil.asString(thrown));
        }
        entry.emit();
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            case Level.DEBUG_INT -> Severity.DEBUG;
            default -> Severity.TRACE;
        };
    }
}
