package dev.stabilitylab.systemtests;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What a service exports by OTLP over HTTP, as protobuf, kept for a test to look at. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Entry> log = new CopyOnWriteArrayList<>();

    /** A receiver at a port of its own. */
    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            addSpans(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            answer(exchange);
        });
        server.createContext("/v1/logs", exchange -> {
            addLog(ExportLogsServiceRequest.parseFrom(exchange.getRequestBody()));
            answer(exchange);
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans that have come, those that have ended first in front. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The log records that have come. */
    List<Entry> log() {
        return List.copyOf(log);
    }

    private void addSpans(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(resource -> {
            String service = service(resource.getResource().getAttributesList());
            resource.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList()
                            .forEach(span -> spans.add(new Span(
                                    service,
                                    span.getName(),
                                    hex(span.getTraceId()),
                                    hex(span.getSpanId()),
                                    hex(span.getParentSpanId()),
                                    attributes(span.getAttributesList()),
                                    span.getEventsList().stream()
                                            .map(event -> event.getName())
                                            .toList()))));
        });
    }

    private void addLog(ExportLogsServiceRequest request) {
        request.getResourceLogsList().forEach(resource -> {
            String service = service(resource.getResource().getAttributesList());
            resource.getScopeLogsList()
                    .forEach(scope -> scope.getLogRecordsList()
                            .forEach(entry -> log.add(new Entry(
                                    service,
                                    scope.getScope().getName(),
                                    entry.getBody().getStringValue(),
                                    hex(entry.getTraceId()),
                                    hex(entry.getSpanId())))));
        });
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String service(List<KeyValue> resource) {
        return attributes(resource).getOrDefault("service.name", "");
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, each -> each.getValue().getStringValue()));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A span; its ids are in hexadecimal, and the parent's is empty where there is none. */
    record Span(
            String service,
            String name,
            String traceId,
            String id,
            String parentId,
            Map<String, String> attributes,
            List<String> events) {

        Optional<String> attribute(String name) {
            return Optional.ofNullable(attributes.get(name));
        }
    }

    /** A log record; its ids are empty where it belongs to no trace. */
    record Entry(String service, String logger, String text, String traceId, String spanId) {}
}
