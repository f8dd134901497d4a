package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Backlog.Chunk;
import dev.stabilitylab.faultinjector.http.Effect.End;
import dev.stabilitylab.faultinjector.http.HttpToxic.Hit;
import dev.stabilitylab.faultinjector.http.HttpToxic.Slot;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages in one direction of a connection: finds where each begins and ends, and does to those that are hit what their faults
 * want. All other bytes pass as they are and at once. Wherever something has to wait, the rest of the bytes goes to the backlog.
 */
abstract class MessageFlow<P extends HeadParser> {

    /** What the next bytes belong to. */
    enum Phase {
        HEAD,
        /** The body of a message that is not hit. */
        BODY,
        /** The body of a message that is not to pass. */
        SWALLOWED,
        /** A message that is hit. */
        FAULTY,
        /** Nobody knows where messages begin: everything passes. */
        OPAQUE,
        /** Nothing passes any more. */
        ENDED
    }

    final ChannelHandlerContext ctx;
    final P parser;
    final Exchanges exchanges;
    final HttpHandler connection;
    final LongSupplier nanoTime;
    final HeadCollector heads;
    final Backlog backlog = new Backlog();
    private final ChunkSplitter chunk = new ChunkSplitter(this::pass);
    private final BodyFramer body = new BodyFramer();
    private Phase phase = Phase.HEAD;
    private @Nullable FaultyMessage faulty;
    private @Nullable Future<?> timer;
    private @Nullable Slot awaited;
    /** The bytes of the head that has begun are kept until it is complete. */
    private boolean withholding;
    /** More has passed than has come, so that the receiver has to ask before there is more. */
    private boolean awaitsDemand;

    private boolean advancing;
    private long arrivedNanos;
    private int headEnd;

    MessageFlow(
            ChannelHandlerContext ctx, P parser, Exchanges exchanges, HttpHandler connection, LongSupplier nanoTime) {
        this.ctx = ctx;
        this.parser = parser;
        this.exchanges = exchanges;
        this.connection = connection;
        this.nanoTime = nanoTime;
        this.heads = new HeadCollector(parser);
    }

    /** Hands bytes on. */
    abstract void pass(ByteBuf bytes);

    /**
     * A head may begin at {@code at}.
     *
     * @return the index up to which the bytes belong to no message and pass, or {@code at}
     */
    abstract int skipBeforeHead(ByteBuf in, int at, int to);

    /** Whether the head that begins has to be kept until it is complete. */
    abstract boolean withholdsHead();

    /** A head has been read; one of the methods {@code …Message}, {@code passHead} and {@code becomeOpaque} has to be called. */
    abstract void headRead();

    /** A message is through. */
    abstract void messageDone();

    /** A message that does not pass has turned out to have no end. */
    void swallowedBroke() {}

    /** Nothing can be told of the bytes to come. */
    abstract void opaque(Inert why);

    /** The connection ends in the middle of a message, or behind the last one. */
    abstract void ended(End how);

    /** Whether the receiver has asked for more since the last bytes passed. */
    boolean hasDemand() {
        return false;
    }

    /** Whether something of our own comes before the next bytes. */
    boolean isOwnDue() {
        return false;
    }

    /** Begins what {@link #isOwnDue} if there is demand; returns whether it has. */
    boolean sendOwn() {
        return false;
    }

    /** All that could pass has; returns whether that has brought new demand. */
    boolean passed() {
        return false;
    }

    /** Nothing more can be done now. */
    abstract void settle();

    /** Takes bytes, which this will release or hand on. */
    final void take(ByteBuf bytes) {
        if (!advancing && backlog.isEmpty() && takesInput()) {
            // What passes may be answered with a demand at once, which must not be met in the middle of this.
            advancing = true;
            chunk.begin(bytes);
            consume(bytes, nanoTime.getAsLong());
            advancing = false;
        } else {
            backlog.addLast(new Chunk(bytes, nanoTime.getAsLong()));
        }
    }

    private boolean takesInput() {
        return timer == null && !awaitsDemand && (faulty == null || faulty.isStarted()) && !isOwnDue();
    }

    private void consume(ByteBuf in, long arrived) {
        arrivedNanos = arrived;
        int at = in.readerIndex();
        int to = in.writerIndex();
        while (at < to && takesInput()) {
            at = switch (phase) {
                case HEAD -> readHead(in, at, to);
                case BODY, SWALLOWED -> readBody(in, at, to);
                case FAULTY -> readFaulty(in, at, to);
                case OPAQUE -> chunk.pass(to);
                case ENDED -> chunk.drop(to);
            };
        }
        if (at < to) {
            backlog.addFirst(new Chunk(in.retainedSlice(at, to - at), arrivedNanos));
            chunk.drop(to);
        }
        if (chunk.finish()) {
            pass(in);
        }
    }

    private int readHead(ByteBuf in, int at, int to) {
        if (!heads.isCollecting()) {
            int start = skipBeforeHead(in, at, to);
            if (start > at || phase != Phase.HEAD) {
                return chunk.pass(start);
            }
            withholding = withholdsHead();
        }
        headEnd = heads.feed(in, at, to);
        if (headEnd == HeadParser.INCOMPLETE) {
            return withholding ? chunk.drop(to) : chunk.pass(to);
        }
        if (headEnd == HeadParser.INVALID) {
            ByteBuf begun = heads.giveUp();
            if (withholding) {
                chunk.insert(begun);
            } else {
                begun.release();
            }
            becomeOpaque(heads.problem());
            return at;
        }
        int end = headEnd;
        headRead();
        return end;
    }

    /** The head passes, and what follows is another one. */
    final void passHead() {
        if (withholding) {
            chunk.insert(heads.earlierBytes().retain());
        }
        chunk.pass(headEnd);
    }

    /** The message passes as it is. */
    final void passMessage(long framing) {
        passHead();
        begin(Phase.BODY, framing);
    }

    /** The message does not pass. */
    final void swallowMessage(long framing) {
        chunk.drop(headEnd);
        begin(Phase.SWALLOWED, framing);
    }

    private void begin(Phase bodyPhase, long framing) {
        body.start(framing);
        phase = bodyPhase;
        if (body.isDone()) {
            done();
        }
    }

    private void done() {
        phase = Phase.HEAD;
        messageDone();
    }

    /** The message is hit. Its head must have been {@linkplain #withholdsHead withheld}. */
    final void hitMessage(List<Hit> hits, MessageHead head) {
        chunk.drop(headEnd);
        deliver(new FaultyMessage(hits, head, false), arrivedNanos);
    }

    /** Begins to deliver a message whose waiting time counts from then on. */
    final void deliver(FaultyMessage message, long sinceNanos) {
        faulty = message;
        phase = Phase.FAULTY;
        for (Hit hit : message.hits()) {
            long delay = hit.isActive() ? hit.effect().delayNanos() : Effect.NO_DELAY;
            if (delay != Effect.NO_DELAY) {
                hit.slot().delays(delay);
                pause(sinceNanos + delay - nanoTime.getAsLong(), hit.slot());
            }
        }
    }

    /** Whether nothing of the head that has been read has passed yet. */
    final boolean isWithheld() {
        return withholding || !heads.hasEarlierBytes();
    }

    private void pause(long nanos, Slot slot) {
        if (nanos > 0 && timer == null) {
            awaited = slot;
            timer = ctx.executor().schedule(this::pauseOver, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void pauseOver() {
        timer = null;
        try {
            advance();
        } catch (RuntimeException | Error e) {
            // Out of a timer it would be lost, and the connection would hang.
            ctx.fireExceptionCaught(e);
        }
    }

    /** Ends the pause of a fault that has been taken off. */
    final void faultsChanged() {
        if (timer != null && awaited != null && awaited.isLifted()) {
            cancelPause();
            pauseOver();
        }
    }

    private void cancelPause() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private int readBody(ByteBuf in, int at, int to) {
        boolean swallowed = phase == Phase.SWALLOWED;
        int next = body.advance(in, at, to, Long.MAX_VALUE);
        chunk.passOrDrop(next, swallowed);
        if (body.isDone()) {
            done();
        } else if (body.isBroken() && swallowed) {
            swallowedBroke();
        } else if (body.isBroken()) {
            becomeOpaque(Inert.BROKEN_CHUNKS);
        }
        return next;
    }

    private int readFaulty(ByteBuf in, int at, int to) {
        FaultyMessage message = Objects.requireNonNull(faulty);
        boolean skipping = message.isSkipping();
        int next = message.advance(in, at, to);
        chunk.passOrDrop(next, skipping);
        if (next == at) {
            refill(message);
        }
        react(message);
        return next;
    }

    private void refill(FaultyMessage message) {
        for (Hit hit : message.hits()) {
            if (hit.isActive() && hit.effect().allowance() == 0) {
                pause(hit.effect().refill(nanoTime.getAsLong()), hit.slot());
            }
        }
    }

    private void react(FaultyMessage message) {
        FaultyMessage.Progress progress = message.progress();
        if (progress == FaultyMessage.Progress.UNDER_WAY) {
            return;
        }
        faulty = null;
        if (progress == FaultyMessage.Progress.CUT) {
            end(message.end());
        } else if (progress == FaultyMessage.Progress.DONE) {
            awaitsDemand = message.head().isEnlarged();
            done();
            if (message.isLast()) {
                end(End.CLOSE);
            }
        } else if (message.isSkipping()) {
            end(End.CLOSE);
        } else {
            becomeOpaque(Inert.BROKEN_CHUNKS);
        }
    }

    /** From now on everything passes, because of that. */
    final void becomeOpaque(Inert why) {
        opaque(why);
        if (phase != Phase.ENDED) {
            phase = Phase.OPAQUE;
        }
    }

    /** Everything passes, also what is kept back of a message that was to be hit. */
    final void letEverythingPass() {
        if (phase == Phase.ENDED) {
            return;
        }
        FaultyMessage message = faulty;
        faulty = null;
        cancelPause();
        letGo();
        if (message != null && !message.isStarted()) {
            pass(message.head().original());
        }
        phase = Phase.OPAQUE;
        advance();
    }

    /** Passes what is withheld of a head whose end will not come, or need not be waited for. */
    final void letGo() {
        if (withholding && heads.isCollecting()) {
            withholding = false;
            pass(heads.copyBegun());
        }
    }

    final void end(End how) {
        dropRest();
        ended(how);
    }

    /** Nothing passes any more. */
    final void dropRest() {
        phase = Phase.ENDED;
        faulty = null;
        cancelPause();
    }

    final boolean isAt(Phase asked) {
        return phase == asked;
    }

    /** Whether all that has come has passed, and nothing is on its way. */
    final boolean isIdle() {
        return backlog.isEmpty() && timer == null && (faulty == null || faulty.isStarted());
    }

    final boolean awaitsDemand() {
        return awaitsDemand;
    }

    final void demandMet() {
        awaitsDemand = false;
        advance();
    }

    /** Goes on as far as possible. Whatever fails here ends the connection: then nothing goes on, so that nobody gets half of it. */
    final void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        do {
            while (takeStep()) {}
        } while (passed());
        advancing = false;
        if (phase == Phase.ENDED) {
            backlog.release();
        }
        settle();
    }

    private boolean takeStep() {
        awaitsDemand &= !hasDemand();
        if (timer != null || awaitsDemand) {
            return false;
        }
        FaultyMessage message = faulty;
        if (message != null && !message.isStarted()) {
            start(message);
            return true;
        }
        if (sendOwn()) {
            return true;
        }
        Chunk next = takesInput() ? backlog.poll() : null;
        if (next != null) {
            chunk.begin(next.bytes());
            consume(next.bytes(), next.arrivedNanos());
        }
        return next != null;
    }

    /** The head passes. A body of our own is put where the sender's would come from. */
    private void start(FaultyMessage message) {
        long now = nanoTime.getAsLong();
        message.start(now);
        pass(message.head().edited());
        ByteBuf own = message.head().ownBody();
        if (own.isReadable()) {
            backlog.addFirst(new Chunk(own, now));
        }
        react(message);
    }

    /** The connection is gone. */
    void release() {
        cancelPause();
        chunk.release();
        backlog.release();
    }
}
