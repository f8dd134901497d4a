package dev.stabilitylab.apiclient;

import com.fasterxml.jackson.core.type.TypeReference;

/** A request in the making. Not for use by several threads. */
public interface ApiRequest {

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException when name or value cannot be sent in a header, e.g. holds a line break
     */
    ApiRequest header(String name, String value);

    /** Declares that sending it twice does what sending it once does, so that it may be retried. */
    ApiRequest idempotent();

    /** Sends {@code body} as JSON. */
    ApiRequest body(Object body);

    /** The answer's type. A value of another shape, {@code null} included, is a {@link Failure.BadResponse}. */
    <T> ApiCall<T> expect(TypeReference<T> type);

    /** The answer's type. A value of another shape, {@code null} included, is a {@link Failure.BadResponse}. */
    <T> ApiCall<T> expect(Class<T> type);

    /** The answer's body does not matter, and may be empty: the value is the status, 200 to 299. */
    ApiCall<Integer> expectStatus();
}
