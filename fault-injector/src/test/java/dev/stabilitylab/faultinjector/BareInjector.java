package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.control.AllowedCallers;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A fault injector in this JVM, without any proxy, for the tests of other packages. */
public final class BareInjector implements AutoCloseable {

    private final FaultInjector injector;

    public BareInjector() throws IOException {
        injector = new FaultInjector(
                new Address("127.0.0.1", 0),
                new AllowedCallers(List.of("injector.test")),
                List.of(),
                AllowedAddresses.loopback(),
                Optional.empty(),
                Lookup.system(),
                42,
                "1.2.3");
    }

    public int controlPort() {
        return injector.controlPort();
    }

    /** Connections through all proxies at this moment. */
    public int openConnections() {
        return injector.openConnections();
    }

    @Override
    public void close() {
        injector.close();
    }
}
