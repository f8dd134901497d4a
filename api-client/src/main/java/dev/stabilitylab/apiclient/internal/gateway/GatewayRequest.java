package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stabilitylab.apiclient.ApiCall;
import dev.stabilitylab.apiclient.ApiRequest;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is sent. */
final class GatewayRequest implements ApiRequest {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final JsonMapper MAPPER = AnswerReader.strict();

    private final Gateway gateway;
    private final String method;
    private final URI uri;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private boolean idempotent;
    private byte @Nullable [] json;

    GatewayRequest(Gateway gateway, String method, URI uri) {
        this.gateway = gateway;
        this.method = method;
        this.uri = uri;
        this.idempotent = IDEMPOTENT.contains(method);
    }

    @Override
    public ApiRequest header(String name, String value) {
        // The value is not part of the message: it may be a secret.
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("%s is not a header name".formatted(name));
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the header %s holds characters other than visible ASCII".formatted(name));
        }
        if (name.equalsIgnoreCase(Deadline.HEADER)) {
            throw new IllegalArgumentException("the header %s is the gateway's own".formatted(Deadline.HEADER));
        }
        headers.add(Map.entry(name, value));
        return this;
    }

    @Override
    public ApiRequest idempotent() {
        idempotent = true;
        return this;
    }

    @Override
    public ApiRequest body(Object body) {
        try {
            json = MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException("the body cannot be written as JSON: " + problem.getMessage(), problem);
        }
        return this;
    }

    @Override
    public <T> ApiCall<T> expect(TypeReference<T> type) {
        return expect(MAPPER.constructType(type));
    }

    @Override
    public <T> ApiCall<T> expect(Class<T> type) {
        return expect(MAPPER.constructType(type));
    }

    @Override
    public ApiCall<Integer> expectStatus() {
        return new Call<>((body, status) -> status, Integer.class, null, null);
    }

    private <T> ApiCall<T> expect(JavaType type) {
        return new Call<>(AnswerReader.json(MAPPER, type), type, null, null);
    }

    /** Ready to go. */
    private final class Call<T> implements ApiCall<T> {

        private final AnswerReader<T> reader;
        private final Object type;
        private final @Nullable LeaseKey lease;
        private final @Nullable Function<? super Failure, ? extends T> fallback;

        Call(
                AnswerReader<T> reader,
                Object type,
                @Nullable LeaseKey lease,
                @Nullable Function<? super Failure, ? extends T> fallback) {
            this.reader = reader;
            this.type = type;
            this.lease = lease;
            this.fallback = fallback;
        }

        @Override
        public ApiCall<T> fallback(Function<? super Failure, ? extends T> value) {
            return new Call<>(reader, type, lease, value);
        }

        @Override
        public ApiCall<T> lease(String key) {
            return new Call<>(reader, type, new LeaseKey(method, uri, type, key), fallback);
        }

        @Override
        public Outcome<T> call() {
            OutgoingRequest request = new OutgoingRequest(method, uri, List.copyOf(headers), json);
            return gateway.call(new CallSpec<>(request, idempotent, reader, lease, fallback));
        }
    }
}
