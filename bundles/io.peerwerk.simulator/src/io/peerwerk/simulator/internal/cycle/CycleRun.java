// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.Map;
import java.util.function.IntFunction;

import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.internal.Run;
import io.peerwerk.simulator.internal.observe.OverlayObserver;
import io.peerwerk.simulator.spi.CycleProtocol;
import io.peerwerk.simulator.spi.CycleSteps;

/** A scenario in cycles. */
public final class CycleRun implements Run {

    private final Scenario scenario;
    private final Workers workers;
    private final Population population;
    private final CycleProtocol protocol;
    private final CycleEngine engine;
    private final CycleSteps steps;
    private final Churn churn;
    private final OverlayObserver observer;
    private long cycle;
    private long turns;

    /** @param protocol makes the peers of the protocol, given how many there will ever be */
    public CycleRun(Scenario scenario, int threads, IntFunction<CycleProtocol> protocol) {
        this.scenario = scenario;
        this.churn = new Churn(scenario.conditions(), scenario.seed());
        this.population = new Population(
                Churn.peersEver(scenario.conditions(), scenario.peers(), scenario.length(), scenario.seed()));
        this.protocol = protocol.apply(population.capacity());
        this.steps = this.protocol.steps();
        this.observer = new OverlayObserver(scenario.seed());
        this.workers = new Workers(threads);
        this.engine = new CycleEngine(this.protocol, population, new Obstacles(scenario.conditions(), scenario.seed()),
                workers, scenario.seed());
        startAll();
    }

    private void startAll() {
        for (int i = 0; i < scenario.peers(); i++) {
            churn.started(population.join(), 0);
        }
        var regions = new Regions(scenario.peers());
        workers.share(regions.count(), (worker, region) -> {
            CycleSteps starting = protocol.steps();
            var acquaintances = new Acquaintances(scenario.settings(), scenario.peers(), scenario.seed());
            for (int peer = regions.start(region); peer < regions.end(region); peer++) {
                int count = acquaintances.ofFirst(peer);
                starting.start(peer, acquaintances.contacts(), count);
            }
        });
    }

    @Override
    public void advance(long time) {
        var acquaintances = new Acquaintances(scenario.settings(), scenario.peers(), scenario.seed());
        while (cycle < time) {
            cycle++;
            int newcomers = churn.crash(population, cycle);
            for (int i = 0; i < newcomers; i++) {
                int peer = population.join();
                churn.started(peer, cycle);
                int count = acquaintances.ofNewcomer(peer, population);
                steps.start(peer, acquaintances.contacts(), count);
            }
            engine.run(cycle);
            turns += population.up();
        }
    }

    @Override
    public long turns() {
        return turns;
    }

    @Override
    public int up() {
        return population.up();
    }

    @Override
    public Map<Quantity, Double> observe() {
        return observer.observe(protocol.overlay(), population, cycle);
    }

    /** For those who look at single peers. */
    public CycleProtocol protocol() {
        return protocol;
    }

    @Override
    public void close() {
        workers.close();
    }
}
