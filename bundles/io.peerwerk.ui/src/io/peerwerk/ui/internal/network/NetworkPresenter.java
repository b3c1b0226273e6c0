// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Blocking;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/**
 * Keeps the Network view up to date: on every change of the membership, and once a second while it is looked at, since
 * round trips change without an event.
 */
public final class NetworkPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(NetworkModel model);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(1);

    private final NodeSource source;
    private final Refresher<NetworkModel> refresher;
    private final NodeWatch watch;
    private final Pulse pulse;

    public NetworkPresenter(NodeSource source, View view, Executor background, UiThread ui) {
        this.source = source;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulse = new Pulse(PULSE, view::visible, refresher::request, ui);
    }

    private NetworkModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return NetworkModel.of(Notice.of(state).orElseThrow());
        }
        Node node = running.node();
        Optional<Notice> missing = Notice.missing(node, NodeModule.TRANSPORT, NodeModule.GOSSIP);
        if (missing.isPresent()) {
            return NetworkModel.of(missing.get());
        }
        NodeStatus status = node.status();
        List<PeerInfo> peers = node.peers().stream().sorted(Comparator.comparing(PeerInfo::id)).toList();
        NodeLimits limits = node.limits();
        Set<PeerId> blocked = peers.stream().map(PeerInfo::id).filter(id -> Blocking.keepsOut(limits, id))
                .collect(Collectors.toSet());
        return new NetworkModel(null, new NetworkModel.Self(status.id(), status.addresses()), peers, blocked);
    }

    /** The address to give to a friend: the most reachable one with this peer's id, if the node listens at all. */
    public static Optional<Multiaddr> shareableAddress(NodeStatus status) {
        Comparator<Multiaddr> farther = Comparator.comparing(NetworkPresenter::loopback);
        return status.addresses().stream().min(farther).map(address -> address.withPeer(status.id()));
    }

    private static boolean loopback(Multiaddr address) {
        return address.socketAddress().map(a -> a.getAddress() != null && a.getAddress().isLoopbackAddress()).orElse(false);
    }

    /** One line under the picture: how many peers there are and how many of them can be reached. */
    public static String summary(NetworkModel model) {
        int all = model.peers().size();
        if (all == 0) {
            return Messages.Network_alone;
        }
        long away = all - model.reachable();
        String reachable = model.reachable() == 1 ? Messages.Network_oneReachable
                : NLS.bind(Messages.Network_reachable, Figures.count(model.reachable()));
        return away == 0 ? reachable : reachable + NLS.bind(Messages.Network_away, Figures.count(away));
    }

    @Override
    public void close() {
        pulse.close();
        watch.close();
        refresher.close();
    }
}
