// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
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
     * socket here is bound to, such as the outer side of a port mapping. Several may announce the same address; it is
     * told until the last of them has closed its registration.
     */
    Registration announce(Multiaddr address);

    /**
     * Addresses that sockets here are bound to, with real ports, wildcards expanded: {@link
     * io.peerwerk.transport.Host#addresses()} without what was {@linkplain #announce announced}.
     */
    List<Multiaddr> bound();

    /**
     * Addresses that other peers have seen this one at and that it does not know by itself, each for a socket that it
     * listens on, those that most agree about first. Claims of others: to be checked before they are announced.
     */
    List<Observation> observed();

    /**
     * What the address translator in front of this peer, if there is one, does with sockets of a transport.
     *
     * @param transport {@code TCP} or {@code UDP}
     */
    default Translation translation(Protocol transport) {
        return Translation.UNKNOWN;
    }

    /** How an address translator maps a socket of this peer; a hint for those who want to pass through it. */
    enum Translation {

        /** Too few peers have been dialled from a port that is listened on. */
        UNKNOWN,

        /** All peers see the same port, or there is no translator: a hole made for one peer serves others too. */
        ENDPOINT_INDEPENDENT,

        /** Each peer sees another port ("symmetric"): nobody can be told in advance where to send. */
        ENDPOINT_DEPENDENT
    }

    /**
     * What others have seen.
     *
     * @param address where they saw this peer, without {@code /p2p}
     * @param bound   the address listened on that it belongs to
     * @param peers   how many peers on different networks say so
     */
    record Observation(Multiaddr address, Multiaddr bound, int peers) {

        /** As many peers as nobody who lies has addresses for easily. */
        public static final int ENOUGH = 4;

        /** Whether enough peers agree for the address to be worth a check. */
        public boolean isLikely() {
            return peers >= ENOUGH;
        }
    }

    /**
     * Makes a direct connection, whatever connections there are already, and never over a relay. Blocks.
     *
     * @throws io.peerwerk.transport.DialException when no address worked
     */
    Connection connect(PeerId peer, Collection<Multiaddr> addresses, Mode mode) throws IOException;
}
