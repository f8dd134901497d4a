package dev.stabilitylab.servicekit.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the end of an input that the starting process holds open: when that process is gone, whatever the reason, the input ends. */
final class OrphanWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanWatch.class);

    private final InputStream heldOpen;
    private final Runnable stop;

    OrphanWatch(InputStream heldOpen, Runnable stop) {
        this.heldOpen = heldOpen;
        this.stop = stop;
    }

    void start() {
        Thread thread = new Thread(this, "orphan-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            heldOpen.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            LOG.debug("Standard input broke, which is an end of it too", broken);
        }
        LOG.info("Standard input has ended: stopping");
        stop.run();
    }
}
