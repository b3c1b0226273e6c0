// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.ModuleAbsentException;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/**
 * Keeps the Storage view up to date: what is stored, the transfers under way, and the health of each item, which is
 * asked for anew whenever a peer comes or goes, a repair moves on, and now and then.
 */
public final class StoragePresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(StorageModel model);

        /** Whether anybody can see it. */
        boolean visible();
    }

    /** Shards may be lost without an event that is told here. */
    static final Duration RECHECK = Duration.ofSeconds(10);

    private final NodeSource source;
    private final Transfers transfers;
    private final HealthBook health;
    private final Refresher<StorageModel> refresher;
    private final NodeWatch watch;
    private final Registration moving;
    private final Pulse pulse;
    /** What the last read saw of what health depends on; touched by reads only, which never overlap. */
    private @Nullable Signs signs;

    /** A change of these makes every health report doubtful. */
    private record Signs(Map<PeerId, MemberState> members, int repairsRunning, long shardsRestored) {
    }

    public StoragePresenter(NodeSource source, Transfers transfers, View view, Executor background, UiThread ui) {
        this.source = source;
        this.transfers = transfers;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.health = new HealthBook(this::examine, refresher::request, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.moving = transfers.listen(refresher::request);
        this.pulse = new Pulse(RECHECK, view::visible, this::checkHealth, ui);
    }

    /** Asks the peers about every item again. */
    public void checkHealth() {
        health.stale();
    }

    private Health examine(StorageLink link) throws IOException {
        Node node = source.node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
        return node.storage().health(link);
    }

    private StorageModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return StorageModel.of(Notice.of(state).orElseThrow());
        }
        Optional<Notice> missing = Notice.missing(running.node(), NodeModule.TRANSPORT, NodeModule.GOSSIP, NodeModule.STORAGE);
        if (missing.isPresent()) {
            return StorageModel.of(missing.get());
        }
        try {
            return read(running.node(), running.node().storage());
        } catch (ModuleAbsentException e) {
            return StorageModel.of(Notice.of(e.module())); // it went at this very moment
        }
    }

    private StorageModel read(Node node, Storage storage) {
        List<StoredItem> items = storage.items();
        health.follow(items);
        notice(new Signs(members(node), storage.status().repairsRunning(), storage.status().shardsRestored()));
        List<StorageModel.Row> rows = new ArrayList<>();
        transfers.running().forEach(t -> rows.add(new StorageModel.Moving(t.transfer(), t.state())));
        items.forEach(item -> rows.add(new StorageModel.Stored(item, health.report(item))));
        return new StorageModel(null, rows);
    }

    private static Map<PeerId, MemberState> members(Node node) {
        return node.peers().stream().collect(Collectors.toMap(PeerInfo::id, PeerInfo::state, (a, b) -> b));
    }

    private void notice(Signs now) {
        if (!now.equals(signs)) {
            signs = now;
            health.stale();
        }
    }

    @Override
    public void close() {
        pulse.close();
        health.close();
        moving.close();
        watch.close();
        refresher.close();
    }
}
