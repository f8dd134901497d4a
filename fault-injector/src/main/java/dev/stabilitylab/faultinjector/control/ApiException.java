package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error that the one who asked is told, mostly in Toxiproxy's words; what those do not say is in the detail. */
final class ApiException extends RuntimeException {

    private final HttpResponseStatus status;
    private final String message;
    private final @Nullable String detail;

    ApiException(HttpResponseStatus status, String message, @Nullable String detail, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.message = message;
        this.detail = detail;
    }

    ApiException(HttpResponseStatus status, String message) {
        this(status, message, null, null);
    }

    /** For a request that is wrong in itself. */
    ApiException(String message) {
        this(HttpResponseStatus.BAD_REQUEST, message);
    }

    static ApiException missing(String field) {
        return new ApiException("missing required field: " + field);
    }

    /** The value of a field, which must be there, and not empty. */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw missing(field);
        }
        return value;
    }

    /** What a failure comes to, unless it is nobody's mistake but ours. */
    static Optional<ApiException> of(@Nullable Throwable failure) {
        if (failure instanceof ApiException told) {
            return Optional.of(told);
        }
        if (failure instanceof RefusedException refused) {
            HttpResponseStatus status = switch (refused.reason()) {
                case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
                case CONFLICT, TOO_MANY -> HttpResponseStatus.CONFLICT;
                case NOT_ALLOWED -> HttpResponseStatus.FORBIDDEN;
                case CANNOT_LISTEN -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
            };
            return Optional.of(new ApiException(status, refused.brief(), refused.getMessage(), refused));
        }
        return failure instanceof IllegalArgumentException
                ? Optional.of(new ApiException(
                        HttpResponseStatus.BAD_REQUEST, "bad request body: " + failure.getMessage(), null, failure))
                : Optional.empty();
    }

    /** What is wrong with a value, for an error that says where it is. */
    static String reason(RuntimeException failure) {
        return failure instanceof ApiException told && told.detail != null
                ? told.detail
                : String.valueOf(failure.getMessage());
    }

    HttpResponse response() {
        return response(null);
    }

    /** With what has been done all the same, if that is to be told. */
    HttpResponse response(@Nullable List<ProxyBody> proxies) {
        return Responses.json(status, new Body(message, status.code(), detail, proxies));
    }

    private record Body(
            String error,
            int status,
            @Nullable String detail,
            @Nullable List<ProxyBody> proxies) {}
}
