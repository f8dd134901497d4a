package dev.stabilitylab.faultinjector.endurance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;

/** One connection to an echo behind a proxy: says something, listens, and leaves, in a way that depends on its seed. */
final class Visit {

    private static final int MAX_BYTES = 20_000;
    private static final int PATIENCE_MILLIS = 100;

    private final int port;
    private final Random random;

    Visit(int port, long seed) {
        this.port = port;
        this.random = new Random(seed);
    }

    /** Fails when anything else comes back than the beginning of what was said. */
    Outcome call() throws IOException {
        byte[] said = new byte[1 + random.nextInt(MAX_BYTES)];
        random.nextBytes(said);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (random.nextInt(4) == 0) {
                socket.setSoLinger(true, 0);
            }
            if (random.nextInt(10) == 0) {
                return Outcome.LEFT;
            }
            socket.getOutputStream().write(said);
            if (random.nextInt(10) == 0) {
                return Outcome.LEFT;
            }
            if (random.nextBoolean()) {
                socket.shutdownOutput();
            }
            return listen(socket.getInputStream(), said);
        } catch (SocketException cut) {
            return Outcome.CUT;
        }
    }

    private static Outcome listen(InputStream in, byte[] said) throws IOException {
        byte[] heard = new byte[said.length];
        int count = 0;
        try {
            while (count < heard.length) {
                int read = in.read(heard, count, heard.length - count);
                if (read < 0) {
                    return check(said, heard, count, Outcome.ENDED);
                }
                count += read;
            }
            return check(said, heard, count, Outcome.WHOLE);
        } catch (SocketTimeoutException silence) {
            return check(said, heard, count, Outcome.SILENT);
        }
    }

    private static Outcome check(byte[] said, byte[] heard, int count, Outcome outcome) {
        if (!Arrays.equals(said, 0, count, heard, 0, count)) {
            throw new AssertionError("%d bytes came back, and not those that were sent".formatted(count));
        }
        return outcome;
    }

    /** How it ended. */
    enum Outcome {
        /** All came back. */
        WHOLE,
        /** The other side ended before. */
        ENDED,
        /** Nothing more came for a while. */
        SILENT,
        /** The connection was refused or reset. */
        CUT,
        /** It did not want to listen. */
        LEFT
    }
}
