// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimAction;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimMessage;
import io.peerwerk.gossip.internal.swim.SwimOptions;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.cycle.Draws;

/** Peers with {@link Swim}. */
final class SwimHost implements Host {

    private static final int SAMPLE = 50;

    private final World world;
    private final SwimOptions options;
    private final InstantSource clock;
    private final Draws draws;
    private final List<@Nullable Prober> probers = new ArrayList<>();
    /** When peers crashed that nobody has found dead yet. */
    private final Map<Integer, Long> unnoticed = new HashMap<>();
    private long falseDeaths;
    private long noticed;
    private long noticedAfter;

    SwimHost(World world) {
        this.world = world;
        this.options = SwimOptions.every(world.period());
        this.clock = world.clock();
        this.draws = new Draws(world.scenario().seed());
    }

    @Override
    public void start(int peer, int[] contacts, int count) {
        while (probers.size() <= peer) {
            probers.add(null);
        }
        var prober = new Prober(peer);
        probers.set(peer, prober);
        prober.handle(new SwimInput.Tick());
        if (count > 0) {
            prober.knock(contacts[0]);
        }
    }

    @Override
    public void crash(int peer) {
        probers.set(peer, null);
        unnoticed.put(peer, world.queue().now());
    }

    @Override
    public void observe(Map<Quantity, Double> figures) {
        figures.put(Quantity.UP, (double) world.population().up());
        figures.put(Quantity.FALSE_DEATHS, (double) falseDeaths);
        if (noticed > 0) {
            figures.put(Quantity.DETECTION, noticedAfter / 1e3 / noticed);
        }
        if (world.population().up() > 1) {
            lists(figures);
        }
    }

    /** What a sample of peers holds of the others. */
    private void lists(Map<Quantity, Double> figures) {
        long known = 0;
        long wronged = 0;
        long missed = 0;
        draws.at(world.queue().now(), -2);
        for (int i = 0; i < SAMPLE; i++) {
            Prober prober = probers.get(world.population().draw(draws));
            if (prober == null) {
                throw new IllegalStateException("a peer that is up has no state");
            }
            for (Member member : prober.swim.members()) {
                boolean up = world.population().isUp(world.identities().number(member.id()));
                boolean alive = member.state() == MemberState.ALIVE;
                known += up && alive ? 1 : 0;
                wronged += up && !alive ? 1 : 0;
                missed += !up && alive ? 1 : 0;
            }
        }
        double pairs = (double) SAMPLE * (world.population().up() - 1);
        figures.put(Quantity.KNOWN, 100 * known / pairs);
        figures.put(Quantity.WRONGED, 100 * wronged / pairs);
        figures.put(Quantity.MISSED, (double) missed / SAMPLE);
    }

    private void told(Member member) {
        if (member.state() == MemberState.DEAD) {
            int peer = world.identities().number(member.id());
            if (world.population().isUp(peer)) {
                falseDeaths++;
            } else {
                Long crashed = unnoticed.remove(peer);
                if (crashed != null) {
                    noticed++;
                    noticedAfter += world.queue().now() - crashed;
                }
            }
        }
    }

    /** One peer. */
    private final class Prober {
        private final int number;
        private final Swim swim;
        private final Map<Long, Asking> callers = new HashMap<>(4);
        private long timer;
        private long lastTicket;

        Prober(int number) {
            this.number = number;
            this.swim = new Swim(world.identities().identity(number), world.identities().contact(number).addresses(),
                    options, clock, world.random(number));
        }

        private boolean isUp() {
            return probers.get(number) == this;
        }

        void handle(SwimInput input) {
            if (isUp()) {
                swim.handle(input).forEach(this::perform);
            }
        }

        /** Tries the one peer it knows until it knows others. */
        void knock(int contact) {
            if (swim.members().isEmpty()) {
                handle(new SwimInput.Meet(world.identities().contact(contact)));
                after(2 * options.period(), () -> knock(contact));
            }
        }

        private void perform(SwimAction action) {
            switch (action) {
                case SwimAction.Ask ask -> new Asking(this, ask).send();
                case SwimAction.Answer(long ticket, SwimMessage.Answer answer) -> {
                    Asking asking = callers.remove(ticket);
                    if (asking != null) {
                        asking.answer(number, answer);
                    }
                }
                case SwimAction.Refuse(long ticket, String why) -> callers.remove(ticket);
                case SwimAction.Wake(long millis) -> {
                    long mine = ++timer;
                    after(millis, () -> {
                        if (mine == timer) {
                            handle(new SwimInput.Tick());
                        }
                    });
                }
                case SwimAction.Changed(@Nullable Member before, Member now) -> told(now);
                case SwimAction.Measured measured -> { }
                case SwimAction.Forgotten(PeerId peer) -> { }
                case SwimAction.Presented presented -> { }
            }
        }

        void received(Asking asking) {
            long ticket = ++lastTicket;
            callers.put(ticket, asking);
            handle(new SwimInput.Received(asking.ask.request(), ticket));
        }

        private void after(long millis, Runnable what) {
            world.queue().after(millis, new EventQueue.Event() {
                @Override
                void happen() {
                    if (isUp()) {
                        what.run();
                    }
                }
            });
        }
    }

    /** A request on its way, and the answer to it. */
    private final class Asking {
        private final Prober asker;
        private final SwimAction.Ask ask;
        private final long began = world.queue().now();

        Asking(Prober asker, SwimAction.Ask ask) {
            this.asker = asker;
            this.ask = ask;
        }

        void send() {
            asker.after(ask.timeoutMillis(), () -> asker.handle(new SwimInput.Failed(ask.ticket())));
            int to = world.identities().number(ask.to().id());
            world.links().send(asker.number, to, new EventQueue.Event() {
                @Override
                void happen() {
                    Prober asked = probers.get(to);
                    if (asked != null) {
                        asked.received(Asking.this);
                    }
                }
            });
        }

        void answer(int from, SwimMessage.Answer answer) {
            world.links().send(from, asker.number, new EventQueue.Event() {
                @Override
                void happen() {
                    long nanos = 1_000_000 * (world.queue().now() - began);
                    asker.handle(new SwimInput.Answered(ask.ticket(), answer, nanos));
                }
            });
        }
    }
}
