package dev.stabilitylab.apiclient.internal.wire;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The connections to one upstream, and the client over them, with every habit of repeating requests switched off. */
final class ConnectionPool {

    private final PoolingHttpClientConnectionManager connections;
    private final int maxConnections;
    private volatile ConnectionConfig config;

    ConnectionPool(int maxConnections, Duration connectTimeout) {
        this.maxConnections = maxConnections;
        this.config = config(connectTimeout);
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setConnectionConfigResolver(route -> config)
                .build();
    }

    CloseableHttpClient newClient() {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("api-client")
                .build();
    }

    void connectWithin(Duration timeout) {
        config = config(timeout);
    }

    int maxConnections() {
        return maxConnections;
    }

    ConnectionCounts counts() {
        PoolStats stats = connections.getTotalStats();
        return new ConnectionCounts(stats.getLeased(), stats.getAvailable(), stats.getPending(), stats.getMax());
    }

    private static ConnectionConfig config(Duration connectTimeout) {
        return ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(connectTimeout))
                // The upstream may have closed a connection that rested; looking costs a millisecond, and only then.
                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                .build();
    }
}
