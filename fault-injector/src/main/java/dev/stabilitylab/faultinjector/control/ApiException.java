package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error that the one who asked is told. */
final class ApiException extends RuntimeException {

    private final HttpResponseStatus status;
    private final String message;
    private final @Nullable String detail;

    private ApiException(
            HttpResponseStatus status, String message, @Nullable String detail, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.message = message;
        this.detail = detail;
    }

    ApiException(HttpResponseStatus status, String message) {
        this(status, message, null, null);
    }

    static ApiException missing(String field) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, "missing required field: " + field);
    }

    /** The value of a field, which must be there, and not empty. */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw missing(field);
        }
        return value;
    }

    static ApiException bad(String message, String detail) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, message, detail, null);
    }

    /** As Toxiproxy takes an address that cannot be one: not for a bad request, but for one that cannot be listened at. */
    static ApiException cannotListen(String address, IllegalArgumentException reason) {
        String message = "listen tcp: address %s: missing port in address".formatted(address);
        return new ApiException(HttpResponseStatus.INTERNAL_SERVER_ERROR, message, reason.getMessage(), reason);
    }

    /**
     * What a failure comes to, in Toxiproxy's words; what those do not say is in the detail.
     *
     * @throws RuntimeException the failure, when it is nobody's mistake but ours
     */
    static ApiException of(RuntimeException failure) {
        if (failure instanceof ApiException told) {
            return told;
        }
        if (failure instanceof RefusedException refused) {
            return new ApiException(status(refused.reason()), refused.brief(), refused.getMessage(), refused);
        }
        if (failure instanceof IllegalArgumentException unusable) {
            String reason = String.valueOf(unusable.getMessage());
            return new ApiException(HttpResponseStatus.BAD_REQUEST, "bad request body: " + reason, null, unusable);
        }
        throw failure;
    }

    private static HttpResponseStatus status(RefusedException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case CONFLICT, TOO_MANY -> HttpResponseStatus.CONFLICT;
            case NOT_ALLOWED -> HttpResponseStatus.FORBIDDEN;
            case CANNOT_LISTEN -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** What is wrong with a value, for an error that says where it is. */
    static String reason(RuntimeException failure) {
        return failure instanceof ApiException told && told.detail != null
                ? told.detail
                : String.valueOf(failure.getMessage());
    }

    @Override
    public String getMessage() {
        return message;
    }

    Response response() {
        return Response.json(status, new Body(message, status.code(), detail, null));
    }

    /** The same, with what has been done all the same. */
    Response response(List<ProxyBody> proxies) {
        return Response.json(status, new Body(message, status.code(), detail, proxies));
    }

    /** Toxiproxy's two fields, {@code error} and {@code status}, and {@code detail} if there is more to say. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            String error,
            int status,
            @Nullable String detail,
            @Nullable List<ProxyBody> proxies) {}
}
