package dev.stabilitylab.apiclient.internal.wire;

import java.net.URI;
import java.util.Locale;

/**
 * Where an upstream is.
 *
 * @param host name or address, without brackets
 * @param basePath what every path is below; empty or starting with a slash, never ending with one
 */
record Target(boolean tls, String host, int port, String authority, String basePath) {

    static Target of(URI baseUrl) {
        boolean tls = "https".equals(baseUrl.getScheme().toLowerCase(Locale.ROOT));
        String host = baseUrl.getHost();
        String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        return new Target(
                tls,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                baseUrl.getPort() >= 0 ? baseUrl.getPort() : tls ? 443 : 80,
                baseUrl.getPort() >= 0 ? host + ":" + baseUrl.getPort() : host,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
