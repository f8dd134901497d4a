package dev.stabilitylab.faultinjector.control;

import io.netty.handler.codec.http.HttpResponseStatus;

/** An error that the one who asked is told, in a sentence. */
final class ApiException extends RuntimeException {

    private final HttpResponseStatus status;
    private final String message;

    ApiException(HttpResponseStatus status, String message) {
        super(message);
        this.status = status;
        this.message = message;
    }

    static ApiException missing(String field) {
        return new ApiException(HttpResponseStatus.BAD_REQUEST, "missing required field: " + field);
    }

    @Override
    public String getMessage() {
        return message;
    }

    HttpResponseStatus status() {
        return status;
    }
}
