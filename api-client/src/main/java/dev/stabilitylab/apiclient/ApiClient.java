package dev.stabilitylab.apiclient;

/**
 * The gateway to one upstream. Everything that is sent goes through its policies, outermost first: fallback,
 * stale-if-error, deadline, retry with its budget, circuit breaker, bulkhead, attempt timeout.
 *
 * <pre>{@code
 * Outcome<List<Integer>> outcome = clients.upstream("recommendations")
 *         .get("/recommendations")
 *         .header("Authorization", token)
 *         .expect(new TypeReference<List<Integer>>() {})
 *         .fallback(List.of())
 *         .call();
 * }</pre>
 */
public interface ApiClient {

    /** The upstream's name. */
    String name();

    /**
     * A request with GET; idempotent.
     *
     * @param path below the base URL, starting with a slash
     */
    ApiRequest get(String path);

    /**
     * A request with POST; not idempotent unless {@linkplain ApiRequest#idempotent() declared so}.
     *
     * @param path below the base URL, starting with a slash
     */
    ApiRequest post(String path);

    /**
     * A request with any method. GET, HEAD, OPTIONS, PUT, DELETE and TRACE are idempotent (RFC 9110, 9.2.2).
     *
     * @param path below the base URL, starting with a slash
     * @throws IllegalArgumentException when {@code method} is not an HTTP method or is CONNECT, or {@code path} cannot be sent
     */
    ApiRequest request(String method, String path);
}
