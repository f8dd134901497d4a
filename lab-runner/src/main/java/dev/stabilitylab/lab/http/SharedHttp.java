package dev.stabilitylab.lab.http;

import java.net.http.HttpClient;

/**
 * The client for everything but load. The process has one: Java 17's client cannot be closed, and its thread and its connections would
 * outlive whoever made it until some garbage collection.
 */
public final class SharedHttp {

    private static final HttpClient CLIENT = build();

    private SharedHttp() {}

    /** Speaks HTTP/1.1. It has no time limit of its own, so that each request sets one, which counts from the connecting on. */
    public static HttpClient client() {
        return CLIENT;
    }

    private static HttpClient build() {
        AsyncHttp.forbidHiddenRetries();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
