// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.cycle.Draws;
import io.peerwerk.simulator.internal.cycle.Population;
import io.peerwerk.simulator.spi.Overlay;

/** Measures overlays. */
public final class OverlayObserver {

    private static final int CLUSTERING_SAMPLE = 1000;
    private static final int PATH_SAMPLE = 20;
    /** Peers that path lengths look at, at most, of all starts together. */
    private static final int PATH_WORK = 2_000_000;

    /** Subjects of {@link Draws} that are no peers. */
    private static final long SAMPLE = -2;

    private final Draws draws;

    public OverlayObserver(long seed) {
        this.draws = new Draws(seed);
    }

    /** Everything that is measured of an overlay, at a time, which the samples depend on. */
    public Map<Quantity, Double> observe(Overlay overlay, Population population, long time) {
        var figures = new EnumMap<Quantity, Double>(Quantity.class);
        figures.put(Quantity.UP, (double) population.up());
        if (population.up() == 0) {
            return figures;
        }
        var graph = new OverlayGraph(overlay, population);
        figures.put(Quantity.LINKS, (double) graph.links() / population.up());
        figures.put(Quantity.DEAD, graph.links() == 0 ? 0 : 100.0 * graph.dead() / graph.links());
        inDegrees(graph, population.up(), figures);
        var components = new Components(graph);
        figures.put(Quantity.COMPONENTS, (double) components.count());
        figures.put(Quantity.LARGEST, 100.0 * components.largest() / population.up());
        var samples = new Samples(graph);
        draws.at(time, SAMPLE);
        average(figures, Quantity.CLUSTERING, population, CLUSTERING_SAMPLE, samples::clustering);
        int starts = Math.max(2, Math.min(PATH_SAMPLE, PATH_WORK / population.up()));
        average(figures, Quantity.PATH, population, starts, samples::pathLength);
        return figures;
    }

    private static void inDegrees(OverlayGraph graph, int up, Map<Quantity, Double> figures) {
        double sum = 0;
        double squares = 0;
        int min = Integer.MAX_VALUE;
        int max = 0;
        int fewest = Integer.MAX_VALUE;
        for (int peer = 0; peer < graph.known(); peer++) {
            if (graph.isUp(peer)) {
                int degree = graph.inDegree(peer);
                sum += degree;
                squares += (double) degree * degree;
                min = Math.min(min, degree);
                max = Math.max(max, degree);
                fewest = Math.min(fewest, graph.degree(peer) - degree);
            }
        }
        double mean = sum / up;
        figures.put(Quantity.IN_DEVIATION, Math.sqrt(Math.max(0, squares / up - mean * mean)));
        figures.put(Quantity.IN_MIN, (double) min);
        figures.put(Quantity.IN_MAX, (double) max);
        figures.put(Quantity.LINKS_MIN, (double) fewest);
    }

    private void average(Map<Quantity, Double> figures, Quantity quantity, Population population, int sample,
            IntToDoubleFunction measure) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < sample; i++) {
            double value = measure.applyAsDouble(population.draw(draws));
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        if (count > 0) {
            figures.put(quantity, sum / count);
        }
    }
}
