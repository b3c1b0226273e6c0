// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenario.Settings;
import io.peerwerk.simulator.internal.Run;
import io.peerwerk.simulator.internal.cycle.Acquaintances;
import io.peerwerk.simulator.internal.cycle.Churn;

/** A scenario with a clock. */
public final class EventRun implements Run {

    private final World world;
    private final Host host;
    private final Churn churn;
    private final Acquaintances acquaintances;
    private long countedMessages;
    private long countedAt;

    /** @param threads to run on, where peers of the protocol can run side by side */
    public EventRun(Scenario scenario, int threads) {
        this.world = World.of(scenario);
        this.host = switch (scenario.protocol()) {
            case CYCLON -> Samplers.cyclon(world);
            case NEWSCAST -> Samplers.newscast(world);
            case SWIM -> new SwimHost(world, threads);
        };
        this.churn = new Churn(scenario.conditions(), scenario.seed());
        this.acquaintances = new Acquaintances(settings(scenario), scenario.peers(), scenario.seed());
        startAll();
    }

    /** Peers with a partial view know as many at first as they can watch. */
    private static Settings settings(Scenario scenario) {
        Settings settings = scenario.settings();
        return settings.watched() == 0 ? settings
                : new Settings(settings.watched(), settings.periodMillis(), settings.start(), settings.watched());
    }

    private void startAll() {
        for (int i = 0; i < world.scenario().peers(); i++) {
            world.population().join();
        }
        for (int peer = 0; peer < world.scenario().peers(); peer++) {
            start(peer, acquaintances.ofFirst(peer));
        }
        List<Failure> failures = world.scenario().conditions().failures();
        for (int i = 0; i < failures.size(); i++) {
            int number = i;
            after(failures.get(i).at(), () -> churn.fail(number, world.population(), this::crash));
        }
    }

    private void start(int peer, int contacts) {
        host.start(peer, acquaintances.contacts(), contacts);
        if (world.scenario().conditions().sessions() != null) {
            double session = Math.max(1, churn.session(peer));
            if (session <= world.scenario().length()) {
                after(Math.round(session), () -> replace(peer));
            }
        }
    }

    private void crash(int peer) {
        world.population().crash(peer);
        host.crash(peer);
    }

    /** A session is over, and a newcomer's begins. */
    private void replace(int peer) {
        if (world.population().isUp(peer)) {
            crash(peer);
            int newcomer = world.population().join();
            start(newcomer, acquaintances.ofNewcomer(newcomer, world.population()));
        }
    }

    private void after(long millis, Runnable what) {
        world.queue().after(millis, new EventQueue.Event() {
            @Override
            void happen() {
                what.run();
            }
        });
    }

    @Override
    public void advance(long time) {
        host.advance(world.queue(), time);
    }

    @Override
    public long turns() {
        return world.queue().done() + host.events();
    }

    @Override
    public int up() {
        return world.population().up();
    }

    @Override
    public Map<Quantity, Double> observe() {
        var figures = new EnumMap<Quantity, Double>(Quantity.class);
        host.observe(figures);
        long now = world.queue().now();
        if (now > countedAt && up() > 0) {
            double seconds = (now - countedAt) / 1e3;
            long sent = world.links().sent() + host.messages();
            figures.put(Quantity.MESSAGES, (sent - countedMessages) / seconds / up());
            countedAt = now;
            countedMessages = sent;
        }
        return figures;
    }

    @Override
    public void close() {
        host.close();
    }
}
