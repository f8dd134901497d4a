package dev.stabilitylab.homepage;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stabilitylab.apiclient.ApiCall;
import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiRequest;
import dev.stabilitylab.apiclient.Failure;
import dev.stabilitylab.apiclient.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A gateway that answers every call with what the supplier gives, on the calling thread. */
record FakeUpstream(String name, Supplier<Outcome<List<Integer>>> answer) implements ApiClient, ApiRequest {

    @Override
    public ApiRequest get(String path) {
        return this;
    }

    @Override
    public ApiRequest post(String path) {
        return this;
    }

    @Override
    public ApiRequest request(String method, String path) {
        return this;
    }

    @Override
    public ApiRequest header(String header, String value) {
        return this;
    }

    @Override
    public ApiRequest idempotent() {
        return this;
    }

    @Override
    public ApiRequest body(Object body) {
        return this;
    }

    @Override
    public <T> ApiCall<T> expect(TypeReference<T> type) {
        return new Call<>();
    }

    @Override
    public <T> ApiCall<T> expect(Class<T> type) {
        return new Call<>();
    }

    @Override
    public ApiCall<Integer> expectStatus() {
        return new Call<>();
    }

    private final class Call<T> implements ApiCall<T> {

        @Override
        public ApiCall<T> fallback(Function<? super Failure, ? extends T> fallback) {
            return this;
        }

        @Override
        public ApiCall<T> staleIfError(String key) {
            return this;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Outcome<T> call() {
            return (Outcome<T>) answer.get();
        }
    }
}
