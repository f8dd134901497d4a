package dev.stabilitylab.faultinjector.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The head of a message that is hit, and how its body ends. What stays of the head does so byte for byte. */
public final class MessageHead {

    private static final Set<String> ABOUT_THE_BODY =
            Set.of("content-length", "transfer-encoding", "content-encoding", "content-type", "trailer");

    private final String text;
    private final boolean bodiless;
    private final StringBuilder added = new StringBuilder();
    private long framing;
    private boolean replaced;
    private boolean enlarged;
    private long replacedFraming;
    private byte @Nullable [] ownBody;

    /**
     * Takes a head that has come.
     *
     * @param bodiless whether there can be no body whatever the head says
     */
    MessageHead(String text, long framing, boolean bodiless) {
        this.text = text;
        this.framing = framing;
        this.bodiless = bodiless;
    }

    /** Takes one of our own, with its body. */
    MessageHead(OwnResponse response) {
        this(response.head(), 0, response.bodiless());
        own(response.bodyBytes());
    }

    private void own(byte[] body) {
        ownBody = body;
        framing = body.length;
        enlarged = true;
    }

    /** Adds lines, with their ends, behind those that there are. */
    public void add(String lines) {
        added.append(lines);
        enlarged = true;
    }

    /** Puts another body in the place of the message's own, if it can have one. */
    public void replaceBody(byte[] body, String contentType) {
        if (bodiless) {
            return;
        }
        replaced = true;
        replacedFraming = ownBody == null ? framing : 0;
        own(body);
        added.append("Content-Type: ").append(contentType);
        added.append("\r\nContent-Length: ").append(framing).append("\r\n");
    }

    /** The head as it came. */
    ByteBuf original() {
        return Unpooled.wrappedBuffer(Ascii.bytes(text));
    }

    /** The head as it is to pass. */
    ByteBuf edited() {
        StringBuilder edited = new StringBuilder(text.length() + added.length());
        int at = 0;
        for (int lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', at)) {
            String line = text.substring(at, lf + 1);
            if (line.isBlank()) {
                edited.append(added);
            }
            if (at == 0 || !replaced || !ABOUT_THE_BODY.contains(name(line))) {
                edited.append(line);
            }
            at = lf + 1;
        }
        return Unpooled.wrappedBuffer(Ascii.bytes(edited.toString()));
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** How the body that passes ends, for {@link BodyFramer#start}. */
    long framing() {
        return framing;
    }

    /** How the body ends in whose place another one passes; 0 when there is none to leave out. */
    long replacedFraming() {
        return replacedFraming;
    }

    /** The body, when it is not the sender's. */
    ByteBuf ownBody() {
        return ownBody == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(ownBody);
    }

    /** Whether more passes than has come, so that whoever takes it has to be asked before there is more. */
    boolean isEnlarged() {
        return enlarged;
    }
}
