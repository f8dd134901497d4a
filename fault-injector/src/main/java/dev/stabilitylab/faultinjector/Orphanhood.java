package dev.stabilitylab.faultinjector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that the parent process has died, by the end of a pipe that it held open. */
final class Orphanhood {

    private static final Logger log = LoggerFactory.getLogger(Orphanhood.class);

    private final InputStream pipe;
    private final Runnable reaction;

    Orphanhood(InputStream pipe, Runnable reaction) {
        this.pipe = pipe;
        this.reaction = reaction;
    }

    /** Starts to watch, on a thread that does not keep the process alive. */
    void watch() {
        Thread thread = new Thread(this::readToEnd, "orphanhood");
        thread.setDaemon(true);
        thread.start();
    }

    private void readToEnd() {
        try {
            // Not skip(): that seeks, which a pipe refuses.
            pipe.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.debug("Standard input ended", e);
        }
        log.info("standard input has ended, stopping");
        reaction.run();
    }
}
