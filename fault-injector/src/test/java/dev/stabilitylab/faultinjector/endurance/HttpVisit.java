package dev.stabilitylab.faultinjector.endurance;

import dev.stabilitylab.faultinjector.endurance.Visit.Outcome;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One connection to {@link Pages} behind a proxy: asks several times, ahead or one by one, in a way that depends on its seed. */
final class HttpVisit {

    private static final int MAX_REQUESTS = 8;
    private static final int PATIENCE_MILLIS = 100;

    private final int port;
    private final Random random;
    private final Tally tally;
    private final List<PageRequest> requests = new ArrayList<>();

    HttpVisit(int port, long seed, Tally tally) {
        this.port = port;
        this.tally = tally;
        this.random = new Random(seed);
        int count = 1 + random.nextInt(MAX_REQUESTS);
        for (int i = 1; i <= count; i++) {
            requests.add(PageRequest.random(random, i == count && random.nextBoolean()));
        }
    }

    /** Fails when anything else comes back than what has to, as far as it comes. */
    Outcome call() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            if (random.nextInt(4) == 0) {
                socket.setSoLinger(true, 0);
            }
            return random.nextBoolean() ? askAhead(socket) : askOneByOne(socket);
        } catch (EOFException ended) {
            return Outcome.ENDED;
        } catch (SocketTimeoutException silence) {
            return Outcome.SILENT;
        } catch (SocketException cut) {
            return Outcome.CUT;
        }
    }

    private Outcome askAhead(Socket socket) throws IOException {
        for (PageRequest request : requests) {
            request.sendTo(socket);
        }
        if (random.nextBoolean()) {
            socket.shutdownOutput();
        }
        if (random.nextInt(10) == 0) {
            return Outcome.LEFT;
        }
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (PageRequest request : requests) {
            listen(in, request);
        }
        return Outcome.WHOLE;
    }

    private Outcome askOneByOne(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (PageRequest request : requests) {
            request.sendTo(socket);
            if (random.nextInt(50) == 0) {
                return Outcome.LEFT;
            }
            listen(in, request);
        }
        return Outcome.WHOLE;
    }

    private void listen(InputStream in, PageRequest request) throws IOException {
        request.checkResponse(in);
        (request.mayBeHit() ? tally.perhapsHit : tally.untouched).increment();
    }
}
