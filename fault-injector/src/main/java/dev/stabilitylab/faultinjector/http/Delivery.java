package dev.stabilitylab.faultinjector.http;

import dev.stabilitylab.faultinjector.http.Plan.Hit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One response that is hit, on its way to the client: what its head becomes, and what of its body may pass. */
final class Delivery {

    private static final Set<String> ABOUT_THE_BODY =
            Set.of("content-length", "transfer-encoding", "content-encoding", "content-type", "trailer");

    private final Plan plan;
    private final boolean bodiless;
    private final boolean last;
    private String head;
    private long framing;
    private @Nullable ByteBuf ownBody;
    private long replacedFraming;
    private boolean enlarged;
    private long passed;
    private long dripLeft;
    private long dripNanos;

    private Delivery(Plan plan, String head, long framing, boolean bodiless, boolean last) {
        this.plan = plan;
        this.head = head;
        this.framing = framing;
        this.bodiless = bodiless;
        this.last = last;
    }

    /** The upstream's response. */
    static Delivery of(Plan plan, String head, long framing, boolean bodiless) {
        return new Delivery(plan, head, framing, bodiless, false);
    }

    /** Our own. */
    static Delivery of(Plan plan, Answer answer) {
        Delivery delivery = new Delivery(plan, answer.head(), 0, answer.bodiless(), answer.closes());
        delivery.give(answer.body());
        return delivery;
    }

    private void give(String body) {
        ownBody = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
        framing = ownBody.readableBytes();
        enlarged = true;
    }

    /** Makes the head what it is to be, and returns it. */
    ByteBuf start(long nowNanos) {
        StringBuilder added = new StringBuilder();
        Set<String> dropped = Set.of();
        Hit<ReplaceFault> replace = plan.find(ReplaceFault.class);
        if (replace != null && !bodiless) {
            replacedFraming = ownBody == null ? framing : 0;
            give(replace.fault().body());
            dropped = ABOUT_THE_BODY;
            added.append("Content-Type: ").append(replace.fault().contentType());
            added.append("\r\nContent-Length: ").append(framing).append("\r\n");
        }
        Hit<HeadersFault> headers = plan.find(HeadersFault.class);
        if (headers != null) {
            added.append(headers.fault().lines());
            enlarged = true;
        }
        Hit<DripFault> drip = drip();
        dripLeft = drip == null ? 0 : drip.fault().bytes();
        dripNanos = nowNanos;
        head = HeadEditor.edit(head, dropped, added.toString());
        return Unpooled.wrappedBuffer(Ascii.bytes(head));
    }

    /** How the body that goes to the client ends. */
    long framing() {
        return framing;
    }

    /** The body, when it is not the upstream's; to be released by the caller. */
    @Nullable
    ByteBuf ownBody() {
        return ownBody;
    }

    /** How the upstream's body ends whose place another one took. */
    long replacedFraming() {
        return replacedFraming;
    }

    /** Whether more went out than came in, so that the client's demand has to be looked at. */
    boolean isEnlarged() {
        return enlarged;
    }

    /** Whether the connection ends with this response. */
    boolean isLast() {
        return last;
    }

    /** What makes the whole response wait, if anything does. */
    @Nullable
    Hit<LatencyFault> latency() {
        return plan.find(LatencyFault.class);
    }

    /** What makes the body wait now and then, if anything does. */
    @Nullable
    Hit<DripFault> drip() {
        return plan.find(DripFault.class);
    }

    /** How many bytes of the body may pass now. */
    long budget() {
        Hit<TruncateFault> truncate = plan.find(TruncateFault.class);
        long untilCut = truncate == null ? Long.MAX_VALUE : truncate.fault().bytes() - passed;
        return drip() == null ? untilCut : Math.min(untilCut, dripLeft);
    }

    /** Bytes of the body are about to pass. */
    void pass(ByteBuf bytes, int from, int to) {
        passed += to - from;
        dripLeft -= to - from;
        Hit<CorruptFault> corrupt = plan.find(CorruptFault.class);
        if (corrupt != null) {
            corrupt.fault().corrupt(bytes, from, to, corrupt.random());
        }
    }

    /** The fault that cuts the connection now, if there is one. */
    @Nullable
    TruncateFault cut() {
        Hit<TruncateFault> truncate = plan.find(TruncateFault.class);
        return truncate != null && passed >= truncate.fault().bytes() ? truncate.fault() : null;
    }

    /** Allows the next few bytes, and returns the nanoseconds that they have to wait. */
    long refill(DripFault drip, long nowNanos) {
        dripNanos = Math.max(dripNanos + TimeUnit.MILLISECONDS.toNanos(drip.intervalMillis()), nowNanos);
        dripLeft = drip.bytes();
        return dripNanos - nowNanos;
    }
}
