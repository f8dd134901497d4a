package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out before anything is started whether the ports are free, since a service's own complaint stands deep in its log. */
final class PortCheck {

    private PortCheck() {}

    /** Throws one message that names every port that is taken. */
    static void requireFree(Ports ports, int homepages) {
        Map<Integer, String> taken = new LinkedHashMap<>(ports.all(homepages));
        taken.keySet().removeIf(PortCheck::isFree);
        if (!taken.isEmpty()) {
            throw new WorldException(message(taken, ports.offset()));
        }
    }

    private static String message(Map<Integer, String> taken, int offset) {
        String lines = taken.entrySet().stream()
                .map(entry -> "  %d, for %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        int wayOut = offset + 100 <= Ports.MAX_OFFSET ? offset + 100 : 100;
        return "%s already in use:\n%s\nEnd the program that uses %s, or use other ports: --port-offset %d"
                .formatted(
                        taken.size() == 1 ? "A port is" : "Some ports are",
                        lines,
                        taken.size() == 1 ? "it" : "them",
                        wayOut);
    }

    /** On some systems a listener on all addresses does not hinder one on the loopback address: both are tried. */
    private static boolean isFree(int port) {
        return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && canBind(new InetSocketAddress(port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
