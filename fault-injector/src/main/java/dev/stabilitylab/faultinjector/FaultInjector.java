package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.control.AllowedCallers;
import dev.stabilitylab.faultinjector.control.ConfigFile;
import dev.stabilitylab.faultinjector.control.ControlServer;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.EventLoops;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import dev.stabilitylab.faultinjector.schedule.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole program, running: proxies, control API and the threads below them. */
final class FaultInjector implements AutoCloseable {

    private final EventLoops loops = new EventLoops();
    private final Proxies proxies;
    private final Scheduler scheduler;
    private final ControlServer control;
    private boolean closed;

    /**
     * Listens at all addresses.
     *
     * @param allowed where these and later proxies may connect to and listen
     * @param config the file that some of the proxies came from, if there is one
     * @param lookup finds the addresses of upstreams
     * @param seed of all that is random about toxics
     * @throws IOException when the control API cannot listen
     * @throws dev.stabilitylab.faultinjector.proxy.RefusedException when a proxy cannot listen
     */
    FaultInjector(
            Address controlAddress,
            AllowedCallers callers,
            List<WantedProxy> wanted,
            AllowedAddresses allowed,
            Optional<ConfigFile> config,
            Lookup lookup,
            long seed,
            String version)
            throws IOException {
        proxies = new Proxies(loops, allowed, lookup, seed);
        scheduler = new Scheduler(loops.changes(), proxies);
        try {
            Map<String, Resolution> found = proxies.lookUp(
                            wanted.stream().map(WantedProxy::listenHost).toList())
                    .join();
            wanted.forEach(one -> proxies.add(one.with(found)));
            control = new ControlServer(loops, controlAddress, callers, proxies, scheduler, config, version);
        } catch (IOException | RuntimeException e) {
            proxies.close();
            loops.close();
            throw e;
        }
    }

    int controlPort() {
        return control.port();
    }

    /** Connections through all proxies at this moment. */
    int openConnections() {
        return proxies.openConnections();
    }

    /** Stops listening, cuts what is open and ends all threads; within two seconds. May be called more than once. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            control.close();
            scheduler.stop();
            proxies.close();
            loops.close();
        }
    }
}
