package dev.stabilitylab.apiclient;

import com.fasterxml.jackson.core.type.TypeReference;

/** A request in the making. Not for use by several threads. */
public interface ApiRequest {

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException when name or value cannot be sent, or when the header is not the caller's to set: the deadline, and
     *     what frames the message ({@code Host}, {@code Connection}, {@code Content-Length}, {@code Transfer-Encoding} and the like)
     */
    ApiRequest header(String name, String value);

    /** Declares that sending it twice does what sending it once does, so that it may be retried. */
    ApiRequest idempotent();

    /**
     * Sends {@code body} as JSON, written by the application's own {@code ObjectMapper}.
     *
     * @throws IllegalArgumentException when it cannot be written
     */
    ApiRequest body(Object body);

    /** The type of the response's body. A body of another shape, {@code null} included, is a {@link Failure.BadResponse}. */
    <T> ApiCall<T> expect(TypeReference<T> type);

    /** The type of the response's body. A body of another shape, {@code null} included, is a {@link Failure.BadResponse}. */
    <T> ApiCall<T> expect(Class<T> type);

    /** The response's body does not matter, and may be empty: the value is the status, 200 to 299. */
    ApiCall<Integer> expectStatus();
}
