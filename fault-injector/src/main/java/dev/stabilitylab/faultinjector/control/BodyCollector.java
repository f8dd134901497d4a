package dev.stabilitylab.faultinjector.control;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;

/** Collects a request's body up to a limit, and has 413 answered beyond it. */
final class BodyCollector extends HttpObjectAggregator {

    static final int MAX_BYTES = 1024 * 1024;

    BodyCollector() {
        super(MAX_BYTES, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        // The rest of the body is dropped when it comes. Closing now would reset the connection, and the client might
        // never
        // read the answer.
        ctx.fireChannelRead(new Oversized(HttpUtil.isKeepAlive(oversized)));
    }

    /** A request whose body is too large, in the place of the request. */
    record Oversized(boolean keepAlive) {

        Response response() {
            return Response.error(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "the body has more than %d bytes".formatted(MAX_BYTES));
        }
    }
}
