package dev.stabilitylab.faultinjector.faults;

import dev.stabilitylab.faultinjector.http.Effect;
import dev.stabilitylab.faultinjector.http.HttpFault;
import dev.stabilitylab.faultinjector.http.MessageHead;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Puts another body in the place of the message's own, by default an error page as a gateway has it. The other headers stay. */
record HttpReplaceFault(Content content) implements HttpFault {

    private static final String PAGE = """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body>
            <h1>Bad Gateway</h1>
            <p>This page comes from the fault injector.</p>
            </body>
            </html>
            """;

    @Override
    public Effect newEffect(RandomGenerator random) {
        return new Effect() {
            @Override
            public void start(MessageHead head, long nowNanos) {
                head.replaceBody(
                        content.bodyOr(PAGE).getBytes(StandardCharsets.UTF_8),
                        content.typeOr("text/html; charset=utf-8"));
            }
        };
    }
}
