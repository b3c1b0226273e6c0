// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.eclipse.core.runtime.IAdaptable;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.model.PeerRow;
import io.peerwerk.ui.internal.network.PeerText;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Gossip view shows at one moment.
 *
 * @param notice what to say instead, null where the rest says something
 * @param self this peer, null where there is a notice
 * @param rows the members, in no particular order
 * @param curves what is believed of the network
 */
public record GossipModel(@Nullable Notice notice, @Nullable Self self, List<Row> rows, List<Curve> curves) {
    /**
     * This peer.
     *
     * @param member as it presents itself
     * @param health see {@link io.peerwerk.gossip.Membership#localHealth}
     */
    public record Self(Member member, int health) {
    }

    /**
     * A member.
     *
     * @param info the peer and its connection; commands on peers find it as this row's adapter
     * @param incarnation the version of what it says about itself
     * @param age of the last news of it, to the second; null where that is not known
     */
    public record Row(PeerInfo info, long incarnation, @Nullable Duration age) implements PeerRow, IAdaptable {
        @Override
        public PeerId peer() {
            return info.id();
        }

        @Override
        public List<Multiaddr> addresses() {
            return info.addresses();
        }

        @Override
        public <T> @Nullable T getAdapter(Class<T> type) {
            return type == PeerInfo.class ? type.cast(info) : null;
        }

        /** Whether its id, its state or an address of it has this text in it, whatever the case. */
        boolean matches(String text) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            Stream<String> addresses = info.addresses().stream().map(Multiaddr::toString);
            return Stream.concat(Stream.of(peer().toString(), PeerText.state(info.state()), PeerText.address(info)), addresses)
                    .anyMatch(own -> own.toLowerCase(Locale.ROOT).contains(wanted));
        }
    }

    public GossipModel {
        rows = List.copyOf(rows);
        curves = List.copyOf(curves);
    }

    /** Nothing but this notice. */
    static GossipModel of(Notice notice) {
        return new GossipModel(notice, null, List.of(), List.of());
    }

    /** How many members can be reached. */
    long reachable() {
        return rows.stream().filter(row -> row.info().state().isReachable()).count();
    }
}
