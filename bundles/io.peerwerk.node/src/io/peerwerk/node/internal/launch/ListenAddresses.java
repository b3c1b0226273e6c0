// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import java.io.IOException;
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
     * The addresses as wanted; of the default ones, without IPv6 on a machine that has none.
     *
     * @throws IOException in one line, when an address that the user chose cannot be listened on
     */
    static List<Multiaddr> usable(List<Multiaddr> wanted) throws IOException {
        boolean usual = wanted.equals(NodeSettings.DEFAULT_LISTEN);
        for (Multiaddr address : wanted) {
            try {
                tryOut(address);
            } catch (IOException e) {
                if (!usual || !address.has(Protocol.IP6)) {
                    throw new IOException("cannot listen on " + address + ": " + Reason.of(e), e);
                }
                LOG.info("listening on IPv4 only: {}", e.getMessage());
                return wanted.stream().filter(other -> !other.has(Protocol.IP6)).toList();
            }
        }
        return wanted;
    }

    /** Addresses of other kinds than TCP are their transport's business. */
    private static void tryOut(Multiaddr address) throws IOException {
        Optional<InetSocketAddress> tcp = address.tcpAddress();
        if (tcp.isPresent() && !tcp.get().isUnresolved()) {
            try (var probe = new ServerSocket()) {
                probe.bind(tcp.get());
            }
        }
    }
}
