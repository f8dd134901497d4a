package dev.stabilitylab.apiclient.internal.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stabilitylab.apiclient.ApiCall;
import dev.stabilitylab.apiclient.ApiRequest;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.ResponseReader;
import dev.stabilitylab.apiclient.internal.core.StaleKey;
import dev.stabilitylab.apiclient.internal.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what is sent. */
final class GatewayRequest implements ApiRequest {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

    private final Gateway gateway;
    private final String method;
    private final String path;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>(2);
    private boolean idempotent;
    private byte @Nullable [] json;

    GatewayRequest(Gateway gateway, String method, String path) {
        Request.checkMethod(method);
        Request.checkPath(path);
        this.gateway = gateway;
        this.method = method;
        this.path = path;
        this.idempotent = IDEMPOTENT.contains(method);
    }

    @Override
    public ApiRequest header(String name, String value) {
        Request.checkHeader(name, value);
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
        json = gateway.json().write(body);
        return this;
    }

    @Override
    public <T> ApiCall<T> expect(TypeReference<T> type) {
        return new Call<>(gateway.json().reader(type.getType()), null, null);
    }

    @Override
    public <T> ApiCall<T> expect(Class<T> type) {
        return new Call<>(gateway.json().reader(type), null, null);
    }

    @Override
    public ApiCall<Integer> expectStatus() {
        return new Call<>(Response::status, null, null);
    }

    /** Ready to go. */
    private final class Call<T> implements ApiCall<T> {

        private final ResponseReader<T> reader;
        private final @Nullable StaleKey staleKey;
        private final @Nullable Function<? super Failure, ? extends T> fallback;

        Call(
                ResponseReader<T> reader,
                @Nullable StaleKey staleKey,
                @Nullable Function<? super Failure, ? extends T> fallback) {
            this.reader = reader;
            this.staleKey = staleKey;
            this.fallback = fallback;
        }

        @Override
        public ApiCall<T> fallback(Function<? super Failure, ? extends T> value) {
            return new Call<>(reader, staleKey, value);
        }

        @Override
        public ApiCall<T> staleIfError(String key) {
            return new Call<>(reader, new StaleKey(method, path, key), fallback);
        }

        @Override
        public Outcome<T> call() {
            Request request = new Request(method, path, headers, json);
            return gateway.call(request, idempotent, reader, staleKey, fallback);
        }
    }
}
