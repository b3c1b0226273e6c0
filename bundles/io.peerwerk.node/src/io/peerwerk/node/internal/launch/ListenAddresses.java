// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.text.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the addresses to listen on before the modules do: the transport may come and go and so treats a port that is
 * taken as something that may pass, while the user who names one wants to hear of it now.
 */
final class ListenAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ListenAddresses.class);

    private ListenAddresses() {
    }

    /**
     * The addresses as wanted; where they are all there are, without IPv6 on a machine that has none.
     *
     * @throws IOException in one line, when an address that the user chose cannot be listened on
     */
    static List<Multiaddr> usable(List<Multiaddr> wanted) throws IOException {
        List<Multiaddr> listen = isEverywhere(wanted) && !hasIp6()
                ? wanted.stream().filter(address -> !address.has(Protocol.IP6)).toList() : wanted;
        for (Multiaddr address : listen) {
            try {
                tryOut(address);
            } catch (IOException e) {
                throw new IOException("cannot listen on " + address + ": " + Reason.of(e), e);
            }
        }
        return listen;
    }

    private static boolean isEverywhere(List<Multiaddr> wanted) {
        return !wanted.isEmpty() && wanted.getFirst().tcpAddress()
                .filter(first -> wanted.equals(NodeSettings.everywhere(first.getPort()))).isPresent();
    }

    private static boolean hasIp6() {
        try {
            tryOut(Multiaddr.of("/ip6/::/tcp/0"));
            return true;
        } catch (IOException e) {
            LOG.info("listening on IPv4 only: {}", e.getMessage());
            return false;
        }
    }

    /** Addresses of other kinds than TCP and UDP are their transport's business; a relay's port is the relay's. */
    private static void tryOut(Multiaddr address) throws IOException {
        if (address.has(Protocol.P2P_CIRCUIT)) {
            return;
        }
        Optional<InetSocketAddress> socket = address.socketAddress().filter(each -> !each.isUnresolved());
        if (socket.isPresent() && address.has(Protocol.TCP)) {
            try (var probe = new ServerSocket()) {
                probe.bind(socket.get());
            }
        } else if (socket.isPresent() && address.has(Protocol.UDP)) {
            new DatagramSocket(socket.get()).close();
        }
    }
}
