package dev.stabilitylab.faultinjector.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What looking a host up came to. */
public sealed interface Resolution {

    /** What an IP address is without looking anything up; null for a name. */
    static @Nullable Resolution ofLiteral(String host) {
        InetAddress ip = Address.parseIp(host);
        return ip == null ? null : Found.of(ip);
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
