// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * This peer on the network: listens, dials, and hands streams to the handlers of their protocols.
 *
 * <p>Calls that throw {@link IOException} block until they are done or their time limit has passed; they may be made on
 * any thread but a network library's own. An interrupt ends the wait with {@link java.io.InterruptedIOException}.
 */
public interface Host {

    /** The id of this peer, the hash of its public key. */
    PeerId id();

    /**
     * The addresses that are listened on, with their real ports and without {@code /p2p}; a wildcard address is
     * expanded to the addresses of the machine's interfaces. Behind them those under which this peer is reached from
     * farther away, such as mapped ports. Empty while no transport is there.
     */
    List<Multiaddr> addresses();

    /** The addresses that should be listened on and cannot be, each with the reason in words for people. */
    Map<Multiaddr, String> refusedAddresses();

    /**
     * Gives the live connection to a peer (a direct one rather than a relayed one), or dials the addresses (the next ones are tried while earlier ones hang) and
     * gives the first connection that proves to be with that peer. An address that worked is remembered. Names in
     * addresses are looked up. Since the addresses may come from others, those of loopback and of a link are left out,
     * unless this host listens nowhere else or has a connection there.
     *
     * @throws DialException when no address worked; it names the reason for each
     */
    Connection connect(PeerId peer, Collection<Multiaddr> addresses) throws IOException;

    /**
     * Gives the live connection to the peer that the address names, or dials it, wherever it may be. Without {@code /p2p} at the end of the
     * address any peer is accepted, and a new connection is dialled every time.
     *
     * @throws DialException when it did not work
     */
    Connection connect(Multiaddr address) throws IOException;

    /**
     * Opens a stream on the connection there is to a peer, or dials the addresses that are remembered for it, but for
     * those where such a dial has just failed.
     *
     * @param protocol the protocol's name, such as {@code /peerwerk/swim/2.0.0}
     * @throws DialException if the peer cannot be reached or no address of it is known
     * @throws UnsupportedProtocolException if the peer does not speak the protocol; this may show on the first read
     *         instead, since the proposal and the first bytes travel together
     */
    Stream open(PeerId peer, String protocol) throws IOException;

    /**
     * Opens a stream that takes much data one way or both, such as the blocks of a file; otherwise like {@link #open}.
     * If there are several direct connections to the peer, it goes over the one that has been measured as the fastest
     * with such streams. If there is none over TCP and such streams have moved some MiB, the host dials one beside the
     * connection there is, tries it, and closes it when nothing has used it for some minutes.
     *
     * <p>One stream a transfer, closed at its end: speed is measured from opening to end.
     */
    default Stream openBulk(PeerId peer, String protocol) throws IOException {
        return open(peer, protocol);
    }

    /** Remembers addresses of a peer for later dials. The book is bounded: the entries used least recently give way. */
    void remember(PeerId peer, Collection<Multiaddr> addresses);

    /** The addresses remembered for a peer, the one that worked last first. */
    List<Multiaddr> known(PeerId peer);

    /** All live connections, at most a few to one peer (simultaneous dials, one more for bulk data). */
    List<Connection> connections();

    /** The live connection to a peer; the same one for every call while it lives. */
    Optional<Connection> connection(PeerId peer);

    /**
     * Takes incoming streams of a protocol.
     *
     * @throws IllegalStateException if the protocol has a handler already
     */
    Registration handle(String protocol, StreamHandler handler);

    /** Hears of connections that open and close from now on. */
    Registration listen(ConnectionListener listener);

    /**
     * Measures one round trip of {@code /ipfs/ping/1.0.0} over the connection to a peer (which is dialled if needed).
     */
    Duration ping(PeerId peer) throws IOException;

    /** Asks a peer who it is, over {@code /ipfs/id/1.0.0}; the answer is fresh, not one that was kept. */
    Identification identify(PeerId peer) throws IOException;

    /** What is held for all peers together, and the limits that hold now. Never blocks. */
    HostLoad load();
}
