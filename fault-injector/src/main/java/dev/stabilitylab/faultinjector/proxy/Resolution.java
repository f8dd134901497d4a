package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** What looking a host up came to. */
public sealed interface Resolution {

    /** What an IP address is without looking anything up; nothing for a name. */
    static Optional<Resolution> ofLiteral(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? Optional.empty() : Optional.of(Found.of(InetAddress.getByAddress(bytes)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("%s has neither 4 bytes nor 16".formatted(host), e);
        }
    }

    /** The host is a name for this IP address, or is it. */
    record Found(String ip) implements Resolution {
        static Found of(InetAddress address) {
            return new Found(NetUtil.toAddressString(address));
        }
    }

    /**
     * There is no IP address.
     *
     * @param brief why, in the words that Toxiproxy has from Go: {@code no such host}
     * @param reason the same for the one who asked
     */
    record Failed(String brief, String reason) implements Resolution {}
}
