// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.Registration;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.connectivity.Standing;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.Blocking;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;

/** Keeps the count of peers in the status line up to date. */
public final class PeerCountPresenter implements Registration {
    /** What is shown: a few words, and a sentence for who lingers. */
    public record Count(String text, String tooltip) {
    }

    /** Whether others reach the node, and whom the user blocks, changes without an event; nobody waits for it. */
    static final Duration PULSE = Duration.ofSeconds(2);

    private final NodeSource source;
    private final Refresher<Count> refresher;
    private final NodeWatch watch;
    private final Pulse pulse;

    public PeerCountPresenter(NodeSource source, Consumer<Count> view, Executor background, UiThread ui) {
        this.source = source;
        this.refresher = new Refresher<>(this::read, view, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulse = new Pulse(PULSE, () -> true, refresher::request, ui);
    }

    private Count read() {
        return switch (source.state()) {
            case NodeState.Running running -> count(running.node());
            case NodeState.Starting starting -> new Count(Messages.Status_starting, Messages.Notice_startingTitle);
            case NodeState.Failed failed -> new Count(Messages.Status_failed, failed.reason());
            case NodeState.Stopped stopped -> new Count(Messages.Status_stopped, Messages.Notice_stoppedTitle);
            case NodeState.Absent absent -> new Count(Messages.Status_stopped, Messages.Notice_absentTitle);
        };
    }

    private static Count count(Node node) {
        NodeStatus status = node.status();
        if (!status.modules().contains(NodeModule.GOSSIP)) {
            return new Count(Messages.Status_noGossip, NLS.bind(Messages.Notice_moduleTitle, Messages.Module_gossip));
        }
        NodeLimits limits = node.limits();
        List<PeerInfo> peers = node.peers();
        int reachable = (int) peers.stream()
                .filter(peer -> peer.state().isReachable() && !Blocking.keepsOut(limits, peer.id())).count();
        int away = peers.size() - reachable;
        String text = reachable == 1 ? Messages.Status_onePeer : NLS.bind(Messages.Status_peers, Figures.count(reachable));
        Standing standing = Standing.of(status.addresses(), status.network().reachability());
        return new Count(text + brief(standing), NLS.bind(Messages.Status_tooltip, new Object[] {status.id(),
            Figures.count(reachable), Figures.count(away), Figures.count(status.connections()), standing.title()}));
    }

    /** Said only where it is known; the rest is in the tooltip. */
    private static String brief(Standing standing) {
        return switch (standing) {
            case REACHABLE -> Messages.Status_reachable;
            case RELAYED -> Messages.Status_relayed;
            case UNREACHABLE -> Messages.Status_unreachable;
            case DEAF -> Messages.Status_deaf;
            case UNKNOWN, LOCAL, UNWATCHED -> ""; //$NON-NLS-1$
        };
    }

    @Override
    public void close() {
        pulse.close();
        watch.close();
        refresher.close();
    }
}
