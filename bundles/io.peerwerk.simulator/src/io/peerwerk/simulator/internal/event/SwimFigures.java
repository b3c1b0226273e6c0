// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Map;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.cycle.Draws;
import io.peerwerk.simulator.internal.observe.OverlayObserver;

/** What is to be seen of peers with SWIM. */
final class SwimFigures {

    private static final int SAMPLE = 50;

    private final SwimHost host;
    private final World world;
    private final Draws draws;
    private final OverlayObserver observer;

    SwimFigures(SwimHost host, World world) {
        this.host = host;
        this.world = world;
        this.draws = new Draws(world.scenario().seed());
        this.observer = new OverlayObserver(world.scenario().seed());
    }

    /** Where each knows all: what a sample of peers holds of the others. */
    void lists(Map<Quantity, Double> figures) {
        long[] counts = new long[3];
        draws.at(host.lanes().now(), -2);
        for (int i = 0; i < SAMPLE; i++) {
            host.prober(world.population().draw(draws)).swim.members((id, state) -> {
                boolean up = world.population().isUp(host.number(id));
                boolean alive = state == MemberState.ALIVE;
                if (up || alive) {
                    counts[up && alive ? 0 : up ? 1 : 2]++;
                }
            });
        }
        double pairs = (double) SAMPLE * (world.population().up() - 1);
        figures.put(Quantity.KNOWN, 100 * counts[0] / pairs);
        figures.put(Quantity.WRONGED, 100 * counts[1] / pairs);
        figures.put(Quantity.MISSED, (double) counts[2] / SAMPLE);
    }

    /** Where each watches a few: the graph of that. */
    void views(Map<Quantity, Double> figures, Crashes crashes) {
        int known = world.population().known();
        var graph = new FlatOverlay(known);
        int[] unaware = new int[known];
        for (int peer = 0; peer < known; peer++) {
            if (world.population().isUp(peer)) {
                host.prober(peer).swim.members((id, state) -> {
                    int watched = host.number(id);
                    if (state.isReachable()) {
                        graph.add(watched);
                        unaware[watched] += world.population().isUp(watched) ? 0 : 1;
                    }
                });
            }
            graph.next();
        }
        figures.putAll(observer.observe(graph, world.population(), host.lanes().now()));
        long round = world.scenario().settings().watched() * world.period();
        double share = crashes.share(unaware, host.lanes().now() - 2 * round);
        if (!Double.isNaN(share)) {
            figures.put(Quantity.NOTICED, share);
        }
    }
}
