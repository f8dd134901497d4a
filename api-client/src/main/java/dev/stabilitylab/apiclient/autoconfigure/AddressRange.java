package dev.stabilitylab.apiclient.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, or a range of them in CIDR notation (RFC 4632). Literals only: nothing is ever looked up. An IPv4-mapped IPv6 address
 * (RFC 4291, 2.5.5.2) is the IPv4 address in it.
 */
final class AddressRange {

    private static final String ALLOWED = "it must be an IP address or a range such as 10.0.0.0/8 or fd00::/8";

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    /** What has this shape the JDK parses or refuses, but does not look up. */
    private static final Pattern LIKE_IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    private static final int MAPPED_BITS = 96;

    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it is none; the message says what is allowed
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] network = literal.contains("%") ? null : bytes(literal);
        if (network == null) {
            throw new IllegalArgumentException(ALLOWED);
        }
        int bits = network.length * Byte.SIZE;
        boolean mapped = literal.contains(":") && network.length == 4;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1)) - (mapped ? MAPPED_BITS : 0);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the number behind the slash must be from %d to %d"
                    .formatted(mapped ? MAPPED_BITS : 0, mapped ? MAPPED_BITS + bits : bits));
        }
        for (int bit = prefix; bit < bits; bit++) {
            if (isSet(network, bit)) {
                throw new IllegalArgumentException("all bits of the address after the first %d must be 0"
                        .formatted(mapped ? MAPPED_BITS + prefix : prefix));
            }
        }
        return new AddressRange(network, prefix);
    }

    /** The address, four bytes or sixteen; null when it is none. A zone, as in {@code fe80::1%eth0}, is ignored. */
    static byte @Nullable [] bytes(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        boolean readable = (zone < 0 && IPV4.matcher(literal).matches())
                || LIKE_IPV6.matcher(literal).matches();
        if (!readable) {
            return null;
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (isSet(address, bit) != isSet(network, bit)) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String text) {
        return PREFIX.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static boolean isSet(byte[] address, int bit) {
        return ((address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1) == 1;
    }
}
