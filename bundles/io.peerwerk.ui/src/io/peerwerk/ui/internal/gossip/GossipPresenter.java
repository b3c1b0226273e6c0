// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Membership;
import io.peerwerk.node.Node;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.gossip.GossipModel.Row;
import io.peerwerk.ui.internal.gossip.GossipModel.Self;
import io.peerwerk.ui.internal.model.Pulse;
import io.peerwerk.ui.internal.model.Refresher;
import io.peerwerk.ui.internal.model.UiThread;
import io.peerwerk.ui.internal.node.NodeSource;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.NodeWatch;
import io.peerwerk.ui.internal.node.Notice;

/**
 * Keeps the Gossip view up to date: on every change of the membership, once a second while it is looked at since news
 * grow old without an event, and now and then while it is not, so that the curves have no holes.
 */
public final class GossipPresenter implements Registration {
    /** What the presenter needs of the view. Called on the user interface's thread. */
    public interface View {
        void show(GossipModel model);

        /** Whether anybody can see it. */
        boolean visible();
    }

    static final Duration PULSE = Duration.ofSeconds(1);
    static final Duration HIDDEN_PULSE = Duration.ofSeconds(5);

    private final NodeSource source;
    private final GossipModule module;
    private final InstantSource clock;
    private final Refresher<GossipModel> refresher;
    private final NodeWatch watch;
    private final List<Pulse> pulses;
    /** Of one node; touched by reads only, which never overlap. */
    private final Beliefs beliefs = new Beliefs();
    private @Nullable Node followed;

    public GossipPresenter(NodeSource source, GossipModule module, View view, Executor background, UiThread ui) {
        this(source, module, InstantSource.system(), view, background, ui);
    }

    GossipPresenter(NodeSource source, GossipModule module, InstantSource clock, View view, Executor background, UiThread ui) {
        this.source = source;
        this.module = module;
        this.clock = clock;
        this.refresher = new Refresher<>(this::read, view::show, background, ui);
        this.watch = new NodeWatch(source, refresher::request);
        this.pulses = List.of(new Pulse(PULSE, view::visible, refresher::request, ui),
                new Pulse(HIDDEN_PULSE, () -> !view.visible(), refresher::request, ui));
    }

    private GossipModel read() {
        NodeState state = source.state();
        if (!(state instanceof NodeState.Running running)) {
            return GossipModel.of(Notice.of(state).orElseThrow());
        }
        if (running.node() != followed) {
            followed = running.node();
            beliefs.clear();
        }
        Optional<Notice> missing = Notice.missing(running.node(), NodeModule.TRANSPORT, NodeModule.GOSSIP);
        if (missing.isPresent()) {
            return GossipModel.of(missing.get());
        }
        try {
            return model(running.node());
        } catch (IOException e) {
            return GossipModel.of(Notice.of(NodeModule.GOSSIP)); // it goes at this very moment
        }
    }

    private GossipModel model(Node node) throws IOException {
        Instant now = clock.instant();
        Membership membership = node.membership();
        NetworkFigures figures = NetworkFigures.of(module.aggregates(), module.slices(), membership.localHealth());
        beliefs.add(now, figures.now());
        Map<PeerId, PeerInfo> infos = node.peers().stream().collect(Collectors.toMap(PeerInfo::id, Function.identity()));
        List<Row> rows = membership.members().stream().filter(member -> infos.containsKey(member.id()))
                .map(member -> row(infos.get(member.id()), member, membership, now)).toList();
        return new GossipModel(null, new Self(membership.self(), membership.localHealth()), rows, figures.curves(beliefs, now));
    }

    private static Row row(PeerInfo info, Member member, Membership membership, Instant now) {
        Duration age = membership.heardOf(member.id()).map(then -> Duration.between(then, now))
                .map(passed -> passed.isNegative() ? Duration.ZERO : passed.truncatedTo(ChronoUnit.SECONDS)).orElse(null);
        return new Row(info, member.incarnation(), age);
    }

    @Override
    public void close() {
        pulses.forEach(Pulse::close);
        watch.close();
        refresher.close();
    }
}
