// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Membership;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;

/** The peers that may hold something, as gossip knows them at this moment; this one among them. */
public final class Peers {

    private static final int SHOWN = 8;

    private final Host host;
    private final Membership membership;

    /** Over these two services. */
    public Peers(Host host, Membership membership) {
        this.host = host;
        this.membership = membership;
    }

    /** This peer. */
    public PeerId self() {
        return host.id();
    }

    /** The others that are reachable. */
    public List<PeerId> others() {
        return membership.reachable().stream().map(Member::id).filter(id -> !id.equals(self())).toList();
    }

    /** This one and the others that are reachable. */
    public List<PeerId> all() {
        List<PeerId> all = new ArrayList<>(others());
        all.add(self());
        return all;
    }

    /** How many others are reachable and offer room. */
    public int offering() {
        return (int) membership.reachable().stream().filter(member -> member.offer() > 0).count();
    }

    /**
     * Opens a stream, by the addresses that gossip tells where the host knows none.
     *
     * @param bulk whether much will go over it
     */
    public Stream open(PeerId peer, String protocol, boolean bulk) throws IOException {
        if (host.connection(peer).isEmpty()) {
            membership.find(peer).ifPresent(member -> host.remember(peer, member.addresses()));
        }
        return bulk ? host.openBulk(peer, protocol) : host.open(peer, protocol);
    }

    /** For messages: which peers that are known are away. */
    public String away() {
        List<String> away = membership.members().stream().filter(m -> !m.state().isReachable())
                .map(m -> m.id().brief()).sorted().toList();
        if (away.isEmpty()) {
            return "no other peer is known";
        }
        String names = away.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return "away: " + names + (away.size() > SHOWN ? " and " + (away.size() - SHOWN) + " more" : "");
    }
}
