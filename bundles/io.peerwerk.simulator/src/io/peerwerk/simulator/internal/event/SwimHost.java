// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.swim.Card;
import io.peerwerk.gossip.internal.swim.Swim;
import io.peerwerk.gossip.internal.swim.SwimInput;
import io.peerwerk.gossip.internal.swim.SwimOptions;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.simulator.Quantity;

/** Peers with {@link Swim}, in {@link Lanes}. */
final class SwimHost implements Host {

    private final World world;
    private final Lanes lanes;
    private final Map<Lane, Ledger> ledgers = new IdentityHashMap<>();
    private final Map<Lane, InstantSource> clocks = new IdentityHashMap<>();
    private final SwimOptions options;
    private final SwimFigures figures;
    private final Crashes crashes = new Crashes();
    private @Nullable Prober[] probers = new Prober[0];

    SwimHost(World world, int threads) {
        this.world = world;
        this.lanes = new Lanes(world.scenario(), threads);
        int watched = world.scenario().settings().watched();
        SwimOptions all = SwimOptions.every(world.period());
        this.options = watched == 0 ? all : all.withView(watched);
        this.figures = new SwimFigures(this, world);
        for (int i = 0; i < lanes.count(); i++) {
            Lane lane = lanes.get(i);
            ledgers.put(lane, new Ledger(world));
            clocks.put(lane, clock(lane));
        }
    }

    private static InstantSource clock(Lane lane) {
        long start = World.START.toEpochMilli();
        return new InstantSource() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis());
            }

            @Override
            public long millis() {
                return start + lane.now();
            }
        };
    }

    Lanes lanes() {
        return lanes;
    }

    Ledger ledger(Lane lane) {
        return Objects.requireNonNull(ledgers.get(lane));
    }

    /** A peer that is or was up. */
    Prober prober(int number) {
        return Objects.requireNonNull(probers[number]);
    }

    int number(PeerId id) {
        return world.identities().number(id);
    }

    Contact contact(int number) {
        return world.identities().contact(number);
    }

    /** This peer, or else the next one that is up and not the one asking; this one, if there is nobody. */
    int someoneUp(int wanted, int asking) {
        int known = world.population().known();
        for (int i = 0; i < known; i++) {
            int peer = (wanted + i) % known;
            if (peer != asking && world.population().isUp(peer)) {
                return peer;
            }
        }
        return wanted;
    }

    long period() {
        return world.period();
    }

    /** The protocol of a new peer. */
    Swim swim(int number, Lane lane) {
        Card first = world.identities().card(number);
        Card.Sealer sealer = content -> content.equals(first.content()) ? first : Card.unsigned(first.id(), content);
        return new Swim(sealer, first.addresses(), options, Objects.requireNonNull(clocks.get(lane)),
                world.random(number));
    }

    @Override
    public void start(int peer, int[] contacts, int count) {
        if (peer >= probers.length) {
            probers = Arrays.copyOf(probers, Math.max(peer + 1, Math.max(world.scenario().peers(), peer + peer / 8)));
        }
        var prober = new Prober(this, peer);
        probers[peer] = prober;
        if (options.isPartial() && count > 1) {
            List<Card> cards = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                cards.add(world.identities().card(contacts[i]));
            }
            prober.handle(new SwimInput.Recall(cards));
        }
        prober.handle(new SwimInput.Tick());
        if (count > 0) {
            prober.knock(contacts[0]);
        }
    }

    @Override
    public void crash(int peer) {
        prober(peer).crash();
        crashes.crashed(peer, lanes.now());
    }

    @Override
    public void advance(EventQueue queue, long time) {
        lanes.run(queue, time);
    }

    @Override
    public long events() {
        return lanes.events();
    }

    @Override
    public long messages() {
        return lanes.sent();
    }

    @Override
    public void close() {
        lanes.close();
    }

    @Override
    public void observe(Map<Quantity, Double> row) {
        double falseSuspicions = 0;
        double falseDeaths = 0;
        for (Ledger ledger : ledgers.values()) {
            falseSuspicions += ledger.falseSuspicions();
            falseDeaths += ledger.falseDeaths();
            ledger.drain(crashes::found);
        }
        row.put(Quantity.UP, (double) world.population().up());
        row.put(Quantity.FALSE_SUSPICIONS, falseSuspicions);
        row.put(Quantity.FALSE_DEATHS, falseDeaths);
        double first = crashes.firstAfter();
        if (!Double.isNaN(first)) {
            row.put(Quantity.DETECTION, first / 1e3);
        }
        if (options.isPartial()) {
            figures.views(row, crashes);
        } else if (world.population().up() > 1) {
            figures.lists(row);
        }
    }
}
