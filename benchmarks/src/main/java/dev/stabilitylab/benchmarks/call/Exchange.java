package dev.stabilitylab.benchmarks.call;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.stabilitylab.apiclient.Headers;
import dev.stabilitylab.apiclient.Response;
import dev.stabilitylab.apiclient.internal.core.Reply;
import dev.stabilitylab.apiclient.internal.wire.Request;
import dev.stabilitylab.apiclient.internal.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.CompilerControl;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** What every contestant does: make a request, hand it to a transport that has the answer ready, and read ten numbers from it. */
final class Exchange implements Transport {

    static final String PATH = "/recommendations";
    static final String AUTHORIZATION = "Authorization";
    static final String TOKEN = "Token 0x132";
    static final String LANGUAGE = "Accept-Language";
    static final String ENGLISH = "en";
    static final TypeReference<List<Integer>> ITEMS = new TypeReference<>() {};

    /** Configured like that of a Spring Boot application. */
    static final ObjectMapper MAPPER = Jackson2ObjectMapperBuilder.json().build();

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(300);

    private final Reply reply = new Reply.Answered(new Response(
            200, Headers.NONE, "[12, 23, 100, 122, 220, 333, 340, 400, 555, 654]".getBytes(StandardCharsets.US_ASCII)));
    private final ObjectReader reader = MAPPER.readerFor(ITEMS);

    /** Not inlined, so that the compiler cannot do without a request that nobody looks at. */
    @Override
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public Reply send(Request request, Duration connectTimeout, long expiresAt) {
        return reply;
    }

    /** The whole of it, with nothing around. */
    List<Integer> bare() {
        Request request =
                new Request("GET", PATH, List.of(Map.entry(AUTHORIZATION, TOKEN), Map.entry(LANGUAGE, ENGLISH)), null);
        Reply.Answered answered = (Reply.Answered) send(request, CONNECT_TIMEOUT, Long.MAX_VALUE);
        try {
            return reader.readValue(answered.response().body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
