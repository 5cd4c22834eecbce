package io.rationale.console.limits;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** By what clients are told apart. */
final class Clients {
    /** An IPv6 network gives each of its customers so many bytes of addresses to choose from: all of them are one client. */
    private static final int NETWORK_BYTES = 8;

    private static final int LONGEST = 64;

    private Clients() {}

    /** Somebody who has signed in. */
    static String named(String name) {
        return "name " + name;
    }

    /** Who is at the other end of a connection. */
    static String at(SocketAddress address) {
        return address instanceof InetSocketAddress known && known.getAddress() != null
                ? at(known.getAddress())
                : "address unknown";
    }

    /**
     * An address as HTTP knows it, which a proxy may have written.
     *
     * @param address or null
     */
    static String at(String address) {
        if (address == null) {
            return "address unknown";
        }
        // Without asking a name server.
        InetAddress known = NetUtil.createInetAddressFromIpAddressString(address);
        if (known != null) {
            return at(known);
        }
        return "address " + (address.length() > LONGEST ? address.substring(0, LONGEST) : address);
    }

    private static String at(InetAddress address) {
        return address instanceof Inet6Address six
                ? "address " + HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                : "address " + address.getHostAddress();
    }
}
