package dev.stabilitylab.faultinjector.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is among the addresses of a name. They are sorted first: a name server may give them in another order each time, and
 * then counting would be as good as drawing.
 */
final class RoundRobin {

    private static final Comparator<InetAddress> BY_VALUE =
            Comparator.comparing(InetAddress::getAddress, RoundRobin::compareAddresses);

    private final AtomicInteger count = new AtomicInteger();

    /** Begins a turn: all of {@code addresses}, in the order in which they are to be tried. */
    List<InetAddress> next(List<InetAddress> addresses) {
        List<InetAddress> order = new ArrayList<>(addresses);
        order.sort(BY_VALUE);
        Collections.rotate(order, -Math.floorMod(count.getAndIncrement(), order.size()));
        return order;
    }

    /** IPv4 before IPv6. */
    private static int compareAddresses(byte[] one, byte[] other) {
        return one.length == other.length ? Arrays.compareUnsigned(one, other) : one.length - other.length;
    }
}
