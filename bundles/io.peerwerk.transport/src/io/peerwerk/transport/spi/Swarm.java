// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Connection;

/**
 * What modules that change how a peer is reached ask of its host: relays, port mappings, hole punching, reachability
 * checks. The host publishes it as a second service beside {@link io.peerwerk.transport.Host}; applications have no use
 * for it. All methods may be called on any thread; those that throw {@link IOException} block.
 */
public interface Swarm {

    /** Ways to make a connection that a usual dial would not make. */
    enum Mode {

        /** From a port that nobody was told of, as if from another machine: how others see whether this one is reached. */
        FRESH,

        /** While the peer dials this one too; this end is the initiator of all that is negotiated. */
        MEET_AS_INITIATOR,

        /** While the peer dials this one too; this end is the responder of all that is negotiated. */
        MEET_AS_RESPONDER
    }

    /**
     * Listens on one more address, for as long as the registration is open.
     *
     * @throws IOException if no transport is there that can listen on it, or it refuses; says why
     */
    Registration listenOn(Multiaddr address) throws IOException;

    /**
     * Tells other peers of an address where they reach this one, for as long as the registration is open: one that no
     * socket here is bound to, such as the outer side of a port mapping.
     */
    Registration announce(Multiaddr address);

    /**
     * Addresses that sockets here are bound to, with real ports, wildcards expanded: {@link
     * io.peerwerk.transport.Host#addresses()} without what was {@linkplain #announce announced}.
     */
    List<Multiaddr> bound();

    /**
     * Addresses that other peers have seen this one at, with the port of one of its sockets that it listens on, those
     * that most agree about first. Claims of others: to be checked before they are announced.
     */
    List<Observation> observed();

    /**
     * What others have seen.
     *
     * @param address where they saw this peer, without {@code /p2p}
     * @param bound   the address listened on that it belongs to
     * @param peers   how many peers on different networks say so
     */
    record Observation(Multiaddr address, Multiaddr bound, int peers) {
    }

    /**
     * Makes a direct connection, whatever connections there are already, and never over a relay. Blocks.
     *
     * @throws io.peerwerk.transport.DialException when no address worked
     */
    Connection connect(PeerId peer, Collection<Multiaddr> addresses, Mode mode) throws IOException;
}
