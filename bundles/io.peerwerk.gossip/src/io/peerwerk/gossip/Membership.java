// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The peers of the network, as far as this peer knows, and whether they are reachable. All methods may be called on
 * any thread and return at once.
 */
public interface Membership {
    /** The worst {@link #localHealth}. */
    int WORST_HEALTH = 7;

    /** This peer as it presents itself to others. */
    Member self();

    /**
     * The other peers, in every state, in no particular order. A peer that is {@link MemberState#DEAD} or
     * {@link MemberState#LEFT} is forgotten after a while. The list is a snapshot.
     */
    List<Member> members();

    /** The other peers that are {@link MemberState#ALIVE} or {@link MemberState#SUSPECT}. */
    default List<Member> reachable() {
        return members().stream().filter(member -> member.state().isReachable()).toList();
    }

    /** What is known about a peer; about this peer itself too. */
    Optional<Member> find(PeerId id);

    /**
     * When the last news of a peer came: its answer to a probe of ours, or a change that it or another peer told.
     * Nothing for this peer itself and for those that are not known.
     */
    default Optional<Instant> heardOf(PeerId id) {
        return Optional.empty();
    }

    /**
     * How well this peer itself is doing (the local health of Lifeguard, section IV-A): 0 is well, {@value #WORST_HEALTH}
     * the worst. It gives others that many times more time to answer, and probes as much less often.
     */
    default int localHealth() {
        return 0;
    }

    /** Hears of changes until the registration is closed. Changes that lie before are not told. */
    Registration listen(MembershipListener listener);

    /**
     * Sets the bytes of storage that this peer says it offers. Other peers learn it within a few rounds of gossip.
     *
     * @throws IllegalArgumentException if it is negative
     */
    void advertise(long offerBytes);

    /** Says, or says no more, that this peer does something for others. They learn it within a few rounds of gossip. */
    void advertise(Role role, boolean does);

    /**
     * Adds peers to ask for the others, at most 256 in all. They are dialled in the background, at once and then again,
     * ever less often (about every half a minute), for as long as this peer is alone or the peer at the address is not
     * among its reachable members.
     *
     * @param bootstrap addresses with or without {@code /p2p}
     */
    void join(Collection<Multiaddr> bootstrap);
}
