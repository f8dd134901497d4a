package dev.stabilitylab.faultinjector.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name, at least one. May block, and is therefore never asked on a thread that moves bytes. */
@FunctionalInterface
public interface Lookup {

    List<InetAddress> lookUp(String host) throws UnknownHostException;

    /**
     * The JVM's own. How long it remembers what it found is up to the security properties {@code networkaddress.cache.ttl} and
     * {@code networkaddress.cache.negative.ttl}.
     */
    static Lookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
