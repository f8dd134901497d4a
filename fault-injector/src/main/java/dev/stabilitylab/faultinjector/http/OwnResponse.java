package dev.stabilitylab.faultinjector.http;

import java.nio.charset.StandardCharsets;

/**
 * A response that does not come from the upstream.
 *
 * @param body empty where there can be none
 * @param bodiless whether there can be no body whatever is done to it
 * @param early whether it has to be given before the request's body has come
 * @param closes whether the connection ends with it
 */
public record OwnResponse(String head, String body, boolean bodiless, boolean early, boolean closes) {

    byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
