package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The client's side of an {@link HttpChannel}: keeps what arrives, and demands more as it is told to. */
final class ClientEnd extends ChannelInboundHandlerAdapter {

    /** When more is demanded. */
    enum Demand {
        NEVER,
        /** Behind each piece, though more may belong to it, as toxics do that pass one piece after the other. */
        IN_THE_MIDDLE,
        /** Behind what belongs together. */
        IN_THE_END,
        ALWAYS
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Object> events = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Demand demand = Demand.IN_THE_END;
    private boolean patient;

    void demand(Demand now) {
        demand = now;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        text.append(take((ByteBuf) message));
        if (demand == Demand.IN_THE_MIDDLE || demand == Demand.ALWAYS) {
            ctx.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (demand == Demand.IN_THE_END || demand == Demand.ALWAYS) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        events.add(event);
    }

    /** From now on failures do not cut the connection. */
    void keepOpen() {
        patient = true;
    }

    /** As at the end of the proxy's pipelines, where the connection is cut. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
        if (!patient) {
            ChannelFuture unused = ctx.close();
        }
    }

    /** The characters, one a byte; the bytes are released. */
    static String take(ByteBuf bytes) {
        try {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } finally {
            bytes.release();
        }
    }

    String text() {
        return text.toString();
    }

    List<Object> events() {
        return events;
    }

    List<Throwable> failures() {
        return failures;
    }
}
