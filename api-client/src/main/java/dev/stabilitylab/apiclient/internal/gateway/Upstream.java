package dev.stabilitylab.apiclient.internal.gateway;

import dev.stabilitylab.apiclient.internal.wire.Wire;
import java.net.URI;

/** Where an upstream is, and the connections to it. */
record Upstream(String name, URI baseUrl, Wire wire) {

    /** The address of {@code path}, which starts with a slash and may have a query. */
    URI resolve(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path %s does not start with a slash".formatted(path));
        }
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
