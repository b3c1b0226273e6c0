// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.peerwerk.core.Registration;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/** Keeps the Routing view up to date: tables change without an event of the node, and so does the module come and go. */
public final class RoutingPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(RoutingModel model);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(1);

    private final NodeSource source;
    private final Refresher<RoutingModel> refresher;
    private final PeerSearch search;
    private final NodeWatch watch;
    private final Pulse pulse;

    public RoutingPresenter(NodeSource source, View view, Executor background, UiThread ui) {
        this.source = source;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.search = new PeerSearch(source, refresher::request);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulse = new Pulse(PULSE, view::visible, refresher::request, ui);
    }

    private RoutingModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return RoutingModel.of(Notice.of(state).orElseThrow());
        }
        Optional<Notice> missing = Notice.missing(running.node(), NodeModule.TRANSPORT);
        if (missing.isPresent()) {
            return RoutingModel.of(missing.get());
        }
        try {
            return RoutingModel.of(running.node().routing().snapshot(), search.state());
        } catch (IOException e) {
            return RoutingModel.of(Notice.module(Messages.Module_routing));
        }
    }

    /** Looks at the tables now. */
    public void refresh() {
        refresher.request();
    }

    /** Looks for the peer of this id. */
    public void find(String id) {
        search.start(id);
    }

    /** Ends the search under way. */
    public void cancelSearch() {
        search.cancel();
    }

    @Override
    public void close() {
        pulse.close();
        watch.close();
        search.close();
        refresher.close();
    }
}
