package dev.stabilitylab.faultinjector.proxy;

import dev.stabilitylab.faultinjector.proxy.Resolution.Failed;
import dev.stabilitylab.faultinjector.proxy.Resolution.Found;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy is to listen. A name server may take its time, so its host is looked up before a change is made and never while one
 * is; what that came to stays with it.
 *
 * @param given the address as somebody gave it, with a name or an IP address
 */
public record ListenAddress(Address given, Resolution resolution) {

    private static final Resolution NOT_LOOKED_UP = new Failed("no such host", "its name has not been looked up");

    /** An address that has not been looked up; which is enough when it is an IP address. */
    public static ListenAddress of(Address given) {
        Resolution literal = Resolution.ofLiteral(given.host());
        return new ListenAddress(given, literal == null ? NOT_LOOKED_UP : literal);
    }

    public String host() {
        return given.host();
    }

    public int port() {
        return given.port();
    }

    /** The same with what its host came to, if that is among {@code found}. */
    ListenAddress with(Map<String, Resolution> found) {
        return new ListenAddress(given, found.getOrDefault(host(), resolution));
    }

    /** Whether somebody who listens here listens where {@code other} says; {@code 127.0.0.1:8000} is where {@code localhost:8000} is. */
    boolean isAt(ListenAddress other) {
        return given.equals(other.given) || given.equals(other.resolved());
    }

    /** Whether a connection to {@code target} arrives here. What a name other than {@code localhost} stands for is not known. */
    boolean isReachedBy(Address target) {
        if (target.port() != port()) {
            return false;
        }
        if (target.host().equalsIgnoreCase(host())) {
            return true;
        }
        InetAddress here = ip();
        InetAddress there = target.ip();
        return here != null
                && there != null
                && (here.equals(there)
                        || (here.isAnyLocalAddress() && isOfThisMachine(there))
                        || (there.isAnyLocalAddress() && here.isLoopbackAddress()));
    }

    private static boolean isOfThisMachine(InetAddress ip) {
        try {
            return ip.isLoopbackAddress() || ip.isAnyLocalAddress() || NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** What its host came to; null when that is not known. */
    @Nullable
    InetAddress ip() {
        return resolution instanceof Found found ? Address.parseIp(found.ip()) : null;
    }

    private @Nullable Address resolved() {
        return resolution instanceof Found found ? new Address(found.ip(), port()) : null;
    }

    /**
     * The address with an IP address.
     *
     * @param proxy whose address it is
     * @param attempt what Toxiproxy's error begins with
     * @throws RefusedException when its host could not be looked up
     */
    Address require(String proxy, String attempt) {
        if (resolution instanceof Failed failed) {
            throw new RefusedException(
                    RefusedException.Reason.CANNOT_LISTEN,
                    "%slookup %s: %s".formatted(attempt, host(), failed.brief()),
                    "%s cannot listen at %s: %s".formatted(proxy, given, failed.reason()));
        }
        return new Address(((Found) resolution).ip(), port());
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
