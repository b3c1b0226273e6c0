// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.newscast.NewscastOptions;
import io.peerwerk.gossip.internal.newscast.NewscastPeer;
import io.peerwerk.gossip.internal.newscast.News;
import io.peerwerk.gossip.internal.sampling.CyclonSampler;
import io.peerwerk.gossip.internal.sampling.PeerSampler;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.observe.OverlayObserver;

/**
 * The host of any protocol that samples peers: each peer has a timer for its rounds, asks one neighbour at a time, and has
 * a view.
 *
 * @param <M> what requests and answers hold
 */
final class Samplers<M> implements Host {

    private final World world;
    private final IntFunction<PeerSampler<M>> protocol;
    private final OverlayObserver observer;
    private final List<@Nullable Sampler> samplers = new ArrayList<>();

    /** @param protocol makes the part of the peer with a number */
    private Samplers(World world, IntFunction<PeerSampler<M>> protocol) {
        this.world = world;
        this.protocol = protocol;
        this.observer = new OverlayObserver(world.scenario().seed());
    }

    static Samplers<List<Entry>> cyclon(World world) {
        var usual = CyclonOptions.every(world.period());
        int view = world.scenario().settings().viewSize();
        var options = new CyclonOptions(view, Math.min(usual.shuffleLength(), view), world.period(),
                usual.shufflesTaken(), usual.recallSize(), usual.recallEvery());
        return new Samplers<>(world,
                peer -> new CyclonSampler(world.identities().contact(peer), options, world.random(peer)));
    }

    static Samplers<List<News>> newscast(World world) {
        var usual = NewscastOptions.every(world.period());
        var options = new NewscastOptions(world.scenario().settings().viewSize(), world.period(),
                usual.exchangesTaken(), usual.attempts());
        return new Samplers<>(world, peer -> new NewscastPeer(world.identities().contact(peer), options, world.clock(),
                world.random(peer)));
    }

    @Override
    public void start(int peer, int[] contacts, int count) {
        while (samplers.size() <= peer) {
            samplers.add(null);
        }
        var sampler = new Sampler(peer, protocol.apply(peer));
        samplers.set(peer, sampler);
        for (int i = 0; i < count; i++) {
            sampler.peer.seed(world.identities().contact(contacts[i]));
        }
        sampler.wake(world.random(peer).split().nextLong(world.period()));
    }

    @Override
    public void crash(int peer) {
        samplers.set(peer, null);
    }

    @Override
    public void observe(Map<Quantity, Double> figures) {
        var overlay = new FlatOverlay(samplers.size());
        for (Sampler sampler : samplers) {
            if (sampler != null) {
                sampler.peer.view().forEach(contact -> overlay.add(world.identities().number(contact.id())));
            }
            overlay.next();
        }
        figures.putAll(observer.observe(overlay, world.population(), world.queue().now()));
    }

    /** One peer. */
    private final class Sampler {
        private final int number;
        private final PeerSampler<M> peer;

        Sampler(int number, PeerSampler<M> peer) {
            this.number = number;
            this.peer = peer;
        }

        private boolean isUp() {
            return samplers.get(number) == this;
        }

        private void handle(CycleInput<M> input) {
            if (isUp()) {
                for (CycleAction<M> action : peer.handle(input)) {
                    switch (action) {
                        case CycleAction.Ask<M>(Contact to, M message, long ticket) -> ask(to, message, ticket);
                        case CycleAction.Wake<M>(long millis) -> wake(millis);
                        case CycleAction.Answer<M> answer -> { }
                        case CycleAction.Refuse<M> refuse -> { }
                    }
                }
            }
        }

        private void wake(long millis) {
            after(millis, new CycleInput.Tick<>(List.of()));
        }

        private void after(long millis, CycleInput<M> input) {
            world.queue().after(millis, event(() -> handle(input)));
        }

        /** Sends a request, and fails it when there is no answer within two fifths of a period. */
        private void ask(Contact to, M request, long ticket) {
            int asked = world.identities().number(to.id());
            long at = world.queue().now();
            after(world.period() * 2 / 5, new CycleInput.Failed<>(ticket));
            world.links().send(number, asked, event(() -> {
                Sampler other = samplers.get(asked);
                M answer = other == null ? null : other.answer(number, request);
                if (answer != null) {
                    world.links().send(asked, number, event(() -> handle(
                            new CycleInput.Answered<>(ticket, answer, (world.queue().now() - at) * 1_000_000))));
                }
            }));
        }

        /** The answer to a request of another peer, or null if it refuses. */
        private @Nullable M answer(int from, M request) {
            var received = new CycleInput.Received<>(world.identities().contact(from).id(), request, 0);
            for (CycleAction<M> action : peer.handle(received)) {
                if (action instanceof CycleAction.Answer<M>(long ticket, M answer)) {
                    return answer;
                }
            }
            return null;
        }
    }

    private static EventQueue.Event event(Runnable what) {
        return new EventQueue.Event() {
            @Override
            void happen() {
                what.run();
            }
        };
    }
}
