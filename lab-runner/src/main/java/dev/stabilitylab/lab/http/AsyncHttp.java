package dev.stabilitylab.lab.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks over HTTP/1.1 without blocking, with any number of requests under way on a few threads. One request asked is one
 * request on the wire: nothing is repeated, redirected or sent through a proxy.
 *
 * <p>There is no time limit; a caller who has waited long enough cancels the future, which closes the connection. (The future's
 * {@code orTimeout} would leave it open.)
 */
public final class AsyncHttp implements AutoCloseable {

    static {
        // The JDK's client reads these once, when it is first used. It would send a GET again when the connection is
        // closed without an answer, and so falsify every count.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        // Idle connections are dropped before the server does it (Tomcat's default is 20 s), since a request that
        // crosses the
        // server's closing fails.
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
    }

    private final ClientThreads threads;
    private final HttpClient client;
    private final int bodyLimit;

    /**
     * Starts the client's threads.
     *
     * @param name the beginning of the threads' names
     * @param threads how many work on answers, besides one that waits for the network
     * @param bodyLimit bytes of a body that are read; see {@link Body#truncated}
     */
    public AsyncHttp(String name, int threads, int bodyLimit) {
        this.threads = new ClientThreads(name, threads);
        this.client = this.threads.build(HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY));
        this.bodyLimit = bodyLimit;
    }

    /** Makes sure that the JDK's client never repeats a request in this process; to be called before anyone uses it. */
    public static void forbidHiddenRetries() {
        // Loading this class has done it.
    }

    /** Sends a request. {@code cancel(true)} on the very future returned gives it up and closes its connection. */
    public CompletableFuture<HttpResponse<Body>> send(HttpRequest request) {
        try {
            return client.sendAsync(request, response -> new LimitedBody(bodyLimit));
        } catch (RejectedExecutionException e) {
            // Closed meanwhile.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Closes all connections and ends all threads; what is under way fails. */
    @Override
    public void close() {
        threads.end(client);
    }
}
