package dev.stabilitylab.faultinjector.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.handler.codec.http.HttpResponseStatus;

/** An error that the one who asked is told. */
final class ApiException extends RuntimeException {

    private final HttpResponseStatus status;
    private final String message;
    private final String detail;

    private ApiException(HttpResponseStatus status, String message, String detail) {
        super(message);
        this.status = status;
        this.message = message;
        this.detail = detail;
    }

    ApiException(HttpResponseStatus status, String message) {
        this(status, message, "");
    }

    static ApiException missing(String field) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, "missing required field: " + field);
    }

    static ApiException bad(String message, String detail) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, message, detail);
    }

    /** As Toxiproxy takes an address that cannot be one: not for a bad request, but for one that cannot be listened at. */
    static ApiException cannotListen(String address, IllegalArgumentException reason) {
        String message = "listen tcp: address %s: missing port in address".formatted(address);
        return new ApiException(HttpResponseStatus.INTERNAL_SERVER_ERROR, message, String.valueOf(reason.getMessage()));
    }

    /** In Toxiproxy's words; what those do not say is in the details. */
    static ApiException of(RefusedException refused) {
        return new ApiException(status(refused.reason()), refused.brief(), refused.getMessage());
    }

    static ApiException of(IllegalArgumentException unusable) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, "bad request body: " + unusable.getMessage());
    }

    private static HttpResponseStatus status(RefusedException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case CONFLICT, TOO_MANY -> HttpResponseStatus.CONFLICT;
            case NOT_ALLOWED -> HttpResponseStatus.FORBIDDEN;
            case CANNOT_LISTEN -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }

    @Override
    public String getMessage() {
        return message;
    }

    HttpResponseStatus status() {
        return status;
    }

    /** The details, or the message where there are none. */
    String reason() {
        return detail.isEmpty() ? message : detail;
    }

    Response answer() {
        return Response.json(status, json());
    }

    /** Toxiproxy's two fields, {@code error} and {@code status}, and {@code detail} if there is more to say. */
    ObjectNode json() {
        ObjectNode node = Json.object().put("error", message).put("status", status.code());
        return detail.isEmpty() ? node : node.put("detail", detail);
    }
}
