package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen or to connect: {@code 127.0.0.1:8000}, {@code [::1]:8000}, {@code localhost:8000}.
 *
 * @param host a name or an IP address, without brackets; not looked up yet
 * @param port from 0 (any free one; only to listen) to 65535
 */
public record Address(String host, int port) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final Pattern PORT_ONLY = Pattern.compile(":[0-9]{1,5}");
    private static final Address ANY_LOOPBACK_PORT = new Address("127.0.0.1", 0);
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    /**
     * Reads an address to listen at, or refuses it with an {@link IllegalArgumentException}. Without a host, or without anything, it is on
     * the loopback address.
     */
    public static Address listen(String text) {
        if (text.isEmpty()) {
            return ANY_LOOPBACK_PORT;
        }
        boolean isPortOnly = PORT_ONLY.matcher(text).matches();
        return parse("listen", isPortOnly ? ANY_LOOPBACK_PORT.host + text : text, 0);
    }

    /** Reads an address to connect to; refuses a malformed one, or port 0, with an {@link IllegalArgumentException}. */
    public static Address upstream(String text) {
        return parse("upstream", text, 1);
    }

    private static Address parse(String role, String text, int minPort) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; it must be HOST:PORT, e.g. 127.0.0.1:8000".formatted(role, text));
        }
        String bracketed = matcher.group(1);
        String host = bracketed == null ? matcher.group(2) : bracketed;
        if (bracketed == null ? !isNameOrIpV4(host) : !NetUtil.isValidIpV6Address(host)) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; %s is neither a host name nor an IP address".formatted(role, text, host));
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port < minPort || port > 65535) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; its port must be from %d to 65535".formatted(role, text, minPort));
        }
        return new Address(host, port);
    }

    private static boolean isNameOrIpV4(String host) {
        return DIGITS_AND_DOTS.matcher(host).matches()
                ? NetUtil.isValidIpV4Address(host)
                : HOST_NAME.matcher(host).matches();
    }

    /** Whether it is {@code localhost} or a loopback address; without looking anything up. */
    public boolean isLoopback() {
        InetAddress ip = ip();
        return ip != null && ip.isLoopbackAddress();
    }

    /** The IP address, without looking anything up; null for a name other than {@code localhost}. */
    @Nullable
    InetAddress ip() {
        return host.equalsIgnoreCase("localhost") ? InetAddress.getLoopbackAddress() : parseIp(host);
    }

    /** Null when the host is not an IP address. */
    static @Nullable InetAddress parseIp(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("%s has neither 4 bytes nor 16".formatted(host), e);
        }
    }

    Address withPort(int other) {
        return new Address(host, other);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
