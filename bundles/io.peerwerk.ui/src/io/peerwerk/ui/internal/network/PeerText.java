// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.connectivity.Way;
import io.peerwerk.ui.internal.model.Figures;

/** What is said of a peer in the table and in tooltips, and the order of its columns. */
public final class PeerText {
    public static final Comparator<PeerInfo> BY_NAME = Comparator.comparing(peer -> peer.id().brief());
    public static final Comparator<PeerInfo> BY_STATE = Comparator.comparing(PeerInfo::state);
    public static final Comparator<PeerInfo> BY_WAY = Comparator.comparing(PeerText::way);
    public static final Comparator<PeerInfo> BY_ADDRESS = Comparator.comparing(PeerText::address);
    public static final Comparator<PeerInfo> BY_ROUND_TRIP = Comparator.comparing(PeerInfo::roundTrip,
            Comparator.nullsLast(Comparator.<Duration>naturalOrder()));
    public static final Comparator<PeerInfo> BY_OFFER = Comparator.comparingLong(PeerInfo::offer);

    private PeerText() {
    }

    public static String state(MemberState state) {
        return switch (state) {
            case ALIVE -> Messages.State_alive;
            case SUSPECT -> Messages.State_suspect;
            case DEAD -> Messages.State_dead;
            case LEFT -> Messages.State_left;
        };
    }

    /** Over what it is connected; a dash where it is not. */
    public static String way(PeerInfo peer) {
        return Optional.ofNullable(peer.connection()).map(Way::of).map(Way::label).orElse(Messages.Figures_none);
    }

    private static String connection(PeerInfo peer) {
        return peer.connected() ? NLS.bind(Messages.Peer_connected, way(peer)) : Messages.Peer_notConnected;
    }

    /**
     * Host and port where they are known, else the address in full: of those where the peer says it listens, the one on
     * the host that we are connected with.
     */
    public static String address(PeerInfo peer) {
        Multiaddr connection = peer.connection();
        return peer.addresses().stream().filter(a -> connection == null || host(a).equals(host(connection))).findFirst()
                .or(() -> Optional.ofNullable(connection)).map(PeerText::readable).map(Figures::plain)
                .orElse(Messages.Figures_none);
    }

    private static String host(Multiaddr address) {
        return address.socketAddress().map(InetSocketAddress::getHostString).orElse(""); //$NON-NLS-1$
    }

    private static String readable(Multiaddr address) {
        return address.socketAddress().map(Figures::socket).orElseGet(address::toString);
    }

    /** The last round trip to a peer that is gone says nothing any more. */
    public static String roundTrip(PeerInfo peer) {
        return Figures.roundTrip(peer.state().isReachable() ? peer.roundTrip() : null);
    }

    public static String tooltip(PeerInfo peer) {
        String addresses = peer.addresses().stream().map(Multiaddr::toString).map(Figures::plain)
                .collect(Collectors.joining("\n")); //$NON-NLS-1$
        return NLS.bind(Messages.Peer_tooltip, new Object[] {peer.id().toString(), state(peer.state()),
            Figures.moment(peer.since(), ZoneId.systemDefault()), roundTrip(peer),
            Figures.size(peer.offer()), connection(peer), addresses});
    }
}
