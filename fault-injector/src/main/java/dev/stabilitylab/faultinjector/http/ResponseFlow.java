package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import dev.stabilitylab.faultinjector.http.ResponseState.Phase;
import dev.stabilitylab.faultinjector.toxic.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.function.LongSupplier;

/**
 * When responses flow: as fast as the client's side asks for them, and not while a fault makes them wait. What has come meanwhile is in
 * the backlog; when that is full, nothing more is read.
 */
final class ResponseFlow {

    private final ChannelHandlerContext ctx;
    private final Exchanges exchanges;
    private final LongSupplier nanoTime;
    private final Backlog backlog = new Backlog();
    private final Pause pause;
    private final ResponseState state;
    private final ResponseSide side;
    private boolean demand;
    private boolean passed;
    private boolean advancing;
    private boolean upstreamEnded;
    private boolean endPassed;
    private boolean transparent;

    ResponseFlow(ChannelHandlerContext ctx, Exchanges exchanges, RequestSide requests, LongSupplier nanoTime) {
        this.ctx = ctx;
        this.exchanges = exchanges;
        this.nanoTime = nanoTime;
        this.pause = new Pause(ctx.executor(), this::pauseOver);
        this.state = new ResponseState(exchanges, requests);
        this.side = new ResponseSide(state, backlog, pause, nanoTime, this::pass);
    }

    /** Bytes have come from the upstream. */
    void receive(ByteBuf bytes) {
        if (transparent) {
            ctx.fireChannelRead(bytes);
        } else if (!advancing && backlog.isEmpty() && side.takesInput()) {
            // What passes may be answered with a demand at once, which must not be met in the middle of this.
            advancing = true;
            side.consume(bytes, nanoTime.getAsLong());
            advancing = false;
        } else {
            backlog.addLast(new Chunk(bytes, nanoTime.getAsLong()));
        }
    }

    /** These were all for now. */
    void received() {
        if (transparent) {
            ctx.fireChannelReadComplete();
        } else {
            advance();
        }
    }

    /** The client's side takes more. */
    void demand() {
        if (transparent) {
            ctx.read();
        } else {
            demand = true;
            advance();
        }
    }

    /** Requests have been made, which may be to be answered here. */
    void requested() {
        if (exchanges.haveOwnAnswers()) {
            advance();
        }
    }

    /** The upstream has sent all. */
    void upstreamEnded() {
        upstreamEnded = true;
        advance();
    }

    /** Those that make something wait may be gone. */
    void faultsChanged() {
        pause.endIfLifted();
    }

    void release() {
        pause.cancel();
        side.release();
        backlog.release();
    }

    private void pauseOver() {
        try {
            advance();
        } catch (RuntimeException | Error e) {
            // Out of a timer it would be lost, and the connection would hang.
            ctx.fireExceptionCaught(e);
        }
    }

    /** Goes on as far as possible. Whatever fails here ends the connection: then nothing goes on, so that nobody gets half of it. */
    void advance() {
        if (advancing || (transparent && !upstreamEnded)) {
            return;
        }
        advancing = true;
        do {
            while (mayGoOn() && takeStep()) {}
        } while (tellThatThisIsAll());
        advancing = false;
        settle();
    }

    private boolean mayGoOn() {
        if (side.awaitsDemand() && demand && !passed) {
            side.demandMet();
        }
        return pause.isOver() && !side.awaitsDemand();
    }

    private boolean takeStep() {
        if (side.proceed(demand)) {
            return true;
        }
        Chunk chunk = side.takesInput() ? backlog.poll() : null;
        if (chunk == null) {
            return false;
        }
        side.consume(chunk.bytes(), chunk.arrivedNanos());
        return true;
    }

    private void pass(ByteBuf bytes) {
        passed = true;
        ctx.fireChannelRead(bytes);
    }

    /** Returns whether there was anything to tell; it may have been answered with a demand. */
    private boolean tellThatThisIsAll() {
        if (!passed) {
            return false;
        }
        passed = false;
        demand = false;
        ctx.fireChannelReadComplete();
        return true;
    }

    private void settle() {
        if (state.is(Phase.ENDED)) {
            end();
            return;
        }
        transparent = state.is(Phase.UNKNOWN) && backlog.isEmpty();
        if (upstreamEnded) {
            passEndWhenAllIsSent();
        } else if (demand && backlog.hasRoom()) {
            ctx.read();
        }
    }

    private void end() {
        backlog.release();
        if (!endPassed) {
            endPassed = true;
            ctx.fireUserEventTriggered(state.isReset() ? Signal.RESET : ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private void passEndWhenAllIsSent() {
        if (!endPassed && backlog.isEmpty() && pause.isOver() && side.mayEnd()) {
            endPassed = true;
            side.letGo();
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }
}
