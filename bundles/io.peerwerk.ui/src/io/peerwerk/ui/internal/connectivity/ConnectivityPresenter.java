// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.NodeStatus;
import io.peerwerk.transport.Connection;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/** Keeps the Connectivity view up to date: ports and relays come and go without an event of the node. */
public final class ConnectivityPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(ConnectivityModel model);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(1);

    private final NodeSource source;
    private final Refresher<ConnectivityModel> refresher;
    private final NodeWatch watch;
    private final Pulse pulse;

    public ConnectivityPresenter(NodeSource source, View view, Executor background, UiThread ui) {
        this.source = source;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulse = new Pulse(PULSE, view::visible, refresher::request, ui);
    }

    private ConnectivityModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return ConnectivityModel.of(Notice.of(state).orElseThrow());
        }
        Node node = running.node();
        Optional<Notice> missing = Notice.missing(node, NodeModule.TRANSPORT);
        if (missing.isPresent()) {
            return ConnectivityModel.of(missing.get());
        }
        NodeStatus status = node.status();
        return new ConnectivityModel(null, status.addresses(), status.network(), Way.count(remotes(node)));
    }

    private static List<Multiaddr> remotes(Node node) {
        try {
            return node.host().connections().stream().map(Connection::remoteAddress).toList();
        } catch (ModuleAbsentException e) {
            return List.of(); // it went at this very moment, and the next model says so
        }
    }

    @Override
    public void close() {
        pulse.close();
        watch.close();
        refresher.close();
    }
}
