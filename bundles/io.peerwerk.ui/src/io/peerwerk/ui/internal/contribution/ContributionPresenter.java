// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.storage.Storage;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.contribution.ContributionModel.Given;
import io.peerwerk.ui.internal.contribution.ContributionModel.Taken;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/**
 * Keeps the Contribution view up to date and obeys its slider: what the user sets is offered at once, and of the many
 * values that a slider passes on its way only the one it rests on for a moment is written.
 */
public final class ContributionPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(ContributionModel model);

        /** The offer could not be changed; the reason is a sentence for the user. */
        void refused(String reason);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(2);
    /** Shorter than patience, longer than the way between two steps of a slider. */
    static final Duration REST = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(ContributionPresenter.class);

    private final NodeSource source;
    private final View view;
    private final Executor background;
    private final UiThread ui;
    private final Refresher<ContributionModel> refresher;
    private final NodeWatch watch;
    private final Pulse pulse;
    private volatile boolean closed;
    /** Touched by the user interface's thread only, like the number of moves that were made. */
    private OptionalLong wish = OptionalLong.empty();
    private int moves;

    public ContributionPresenter(NodeSource source, View view, Executor background, UiThread ui) {
        this.source = source;
        this.view = view;
        this.background = background;
        this.ui = ui;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulse = new Pulse(PULSE, view::visible, refresher::request, ui);
    }

    /** The user moved the slider to this many bytes; the last of several moves wins. */
    public void offer(long bytes) {
        wish = OptionalLong.of(bytes);
        int move = ++moves;
        ui.after(REST, () -> {
            if (move == moves) {
                background.execute(() -> offerNow(bytes, move));
            }
        });
    }

    /** What the user wants and is not written yet; the view does not pull the slider away from under the hand. */
    public OptionalLong wish() {
        return wish;
    }

    private void offerNow(long bytes, int move) {
        try {
            Node node = source.node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
            node.storage().offer(bytes);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.warn("the offer could not be changed: {}", reason);
            ui.execute(() -> refuse(reason));
        }
        ui.execute(() -> done(move));
    }

    private void refuse(String reason) {
        if (!closed) {
            view.refused(reason);
        }
    }

    private void done(int move) {
        if (move == moves) {
            wish = OptionalLong.empty();
        }
        refresher.request();
    }

    private ContributionModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return ContributionModel.of(Notice.of(state).orElseThrow());
        }
        Optional<Notice> missing = Notice.missing(running.node(), NodeModule.TRANSPORT, NodeModule.GOSSIP, NodeModule.STORAGE);
        if (missing.isPresent()) {
            return ContributionModel.of(missing.get());
        }
        try {
            return read(running.node(), running.node().storage());
        } catch (ModuleAbsentException e) {
            return ContributionModel.of(Notice.of(e.module())); // it went at this very moment
        }
    }

    private static ContributionModel read(Node node, Storage storage) {
        Path home = node.settings().home();
        long free = -1;
        long size = -1;
        try {
            FileStore disk = Files.getFileStore(home);
            free = disk.getUsableSpace();
            size = disk.getTotalSpace();
        } catch (IOException e) {
            LOG.debug("the disk of {} does not tell its size: {}", home, e.getMessage());
        }
        return new ContributionModel(null, Given.of(storage.status(), free, size), Taken.of(storage.items()));
    }

    @Override
    public void close() {
        closed = true;
        pulse.close();
        watch.close();
        refresher.close();
    }
}
