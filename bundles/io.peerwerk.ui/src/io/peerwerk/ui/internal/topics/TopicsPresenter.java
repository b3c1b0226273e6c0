// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.Registration;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/** Keeps the Topics view up to date: on every message, and once a second since meshes and scores change without one. */
public final class TopicsPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(TopicsModel model);

        /** A text that was to be published went out to somebody. */
        void published(String text, String outcome);

        /** It did not; the reason is a sentence for the user, who may want to try again. */
        void refused(String reason);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(1);

    private final NodeSource source;
    private final Topics topics;
    private final View view;
    private final Executor background;
    private final UiThread ui;
    private final Refresher<TopicsModel> refresher;
    private final NodeWatch watch;
    private final Registration listening;
    private final Pulse pulse;

    public TopicsPresenter(NodeSource source, Topics topics, View view, Executor background, UiThread ui) {
        this.source = source;
        this.topics = topics;
        this.view = view;
        this.background = background;
        this.ui = ui;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.listening = topics.listen(refresher::request);
        this.pulse = new Pulse(PULSE, view::visible, refresher::request, ui);
    }

    private TopicsModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return TopicsModel.of(Notice.of(state).orElseThrow());
        }
        Node node = running.node();
        Optional<Notice> missing = Notice.missing(node, NodeModule.TRANSPORT);
        if (missing.isPresent()) {
            return TopicsModel.of(missing.get());
        }
        Optional<PubSub> module = topics.module();
        try {
            if (module.isPresent()) {
                return TopicsModel.of(node.status().id(), module.get().state(), topics);
            }
        } catch (IllegalStateException e) {
            // It goes at this very moment, or is too busy to answer: the next look tells.
        }
        return TopicsModel.of(Notice.module(Messages.Module_pubsub));
    }

    /** Says something under a topic, and tells the view what has come of it. Returns at once. */
    public void publish(String topic, String text) {
        background.execute(() -> {
            try {
                int peers = topics.publish(topic, text);
                ui.execute(() -> sent(topic, text, peers));
            } catch (IOException | IllegalArgumentException e) {
                String reason = Figures.sentence(Figures.plain(String.valueOf(e.getMessage())));
                ui.execute(() -> view.refused(reason));
            }
        });
    }

    private void sent(String topic, String text, int peers) {
        String name = Figures.plain(topic);
        switch (peers) {
            case 0 -> view.refused(NLS.bind(Messages.Publish_nobody, name));
            case 1 -> view.published(text, NLS.bind(Messages.Publish_one, name));
            default -> view.published(text, NLS.bind(Messages.Publish_many, name, Figures.count(peers)));
        }
    }

    @Override
    public void close() {
        pulse.close();
        listening.close();
        watch.close();
        refresher.close();
    }
}
