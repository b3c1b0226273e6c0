// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * What this peer knows about another one (or about itself) at one moment. Immutable; a change makes a new one.
 *
 * @param id the peer
 * @param addresses where it says it listens, without {@code /p2p}; at most {@value #MAX_ADDRESSES}
 * @param state what we believe of it
 * @param incarnation the version of what the peer says about itself; only the peer itself raises it
 * @param since when we began to believe {@code state}
 * @param roundTrip the smoothed time of a probe and its answer, or null while we have not probed it ourselves
 * @param offer the bytes of storage it says it offers to others, not negative
 * @param roles what it says it does for others
 */
public record Member(PeerId id, List<Multiaddr> addresses, MemberState state, long incarnation, Instant since,
        @Nullable Duration roundTrip, long offer, Set<Role> roles) {

    /** The most addresses a member can have. Further ones are dropped. */
    public static final int MAX_ADDRESSES = 8;

    public Member {
        addresses = List.copyOf(addresses);
        roles = Set.copyOf(roles);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(addresses.size() + " addresses, more than " + MAX_ADDRESSES);
        }
        if (offer < 0) {
            throw new IllegalArgumentException("offer " + offer);
        }
    }

    /** One that says nothing about roles. */
    public Member(PeerId id, List<Multiaddr> addresses, MemberState state, long incarnation, Instant since,
            @Nullable Duration roundTrip, long offer) {
        this(id, addresses, state, incarnation, since, roundTrip, offer, Set.of());
    }
}
