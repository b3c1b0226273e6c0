// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.observe.OverlayObserver;

/**
 * The host of a protocol that samples peers: each has a timer for its rounds, asks one neighbour at a time, and has a
 * view.
 *
 * @param <M> what requests and answers hold
 */
abstract class Samplers<M> implements Host {

    private final World world;
    private final OverlayObserver observer;
    private final List<@Nullable Sampler> samplers = new ArrayList<>();

    Samplers(World world) {
        this.world = world;
        this.observer = new OverlayObserver(world.scenario().seed());
    }

    World world() {
        return world;
    }

    /** A peer that has just started. */
    abstract Sampler sampler(int number);

    @Override
    public void start(int peer, int[] contacts, int count) {
        while (samplers.size() <= peer) {
            samplers.add(null);
        }
        Sampler sampler = sampler(peer);
        samplers.set(peer, sampler);
        for (int i = 0; i < count; i++) {
            sampler.seed(world.identities().contact(contacts[i]));
        }
        sampler.wake(world.random(peer).split().nextLong(world.period()));
    }

    @Override
    public void crash(int peer) {
        samplers.set(peer, null);
    }

    @Override
    public void observe(Map<Quantity, Double> figures) {
        var overlay = new FlatOverlay(world.identities(), samplers.size());
        for (Sampler sampler : samplers) {
            overlay.add(sampler == null ? List.of() : sampler.view());
        }
        figures.putAll(observer.observe(overlay, world.population(), world.queue().now()));
    }

    /** One peer. */
    abstract class Sampler {
        private final int number;

        Sampler(int number) {
            this.number = number;
        }

        abstract void seed(Contact contact);

        abstract void tick();

        /** The answer to a request of another peer, or null if it refuses. */
        abstract @Nullable M received(Contact from, M request);

        abstract void answered(long ticket, M answer);

        abstract void failed(long ticket);

        abstract List<Contact> view();

        private boolean isUp() {
            return samplers.get(number) == this;
        }

        final void wake(long millis) {
            world.queue().after(millis, new EventQueue.Event() {
                @Override
                void happen() {
                    if (isUp()) {
                        tick();
                    }
                }
            });
        }

        /** Sends a request, and fails it when there is no answer within two fifths of a period. */
        final void ask(Contact to, M request, long ticket) {
            int asked = world.identities().number(to.id());
            world.queue().after(world.period() * 2 / 5, new EventQueue.Event() {
                @Override
                void happen() {
                    if (isUp()) {
                        failed(ticket);
                    }
                }
            });
            world.links().send(number, asked, new EventQueue.Event() {
                @Override
                void happen() {
                    Sampler other = samplers.get(asked);
                    M answer = other == null ? null : other.received(world.identities().contact(number), request);
                    if (answer != null) {
                        answer(asked, answer, ticket);
                    }
                }
            });
        }

        private void answer(int from, M answer, long ticket) {
            world.links().send(from, number, new EventQueue.Event() {
                @Override
                void happen() {
                    if (isUp()) {
                        answered(ticket, answer);
                    }
                }
            });
        }
    }
}
