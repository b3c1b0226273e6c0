// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.internal.cycle.Population;
import io.peerwerk.simulator.spi.Overlay;
import org.junit.jupiter.api.Test;

/** Small graphs whose figures are known. */
class OverlayObserverTest {

    private static Map<Quantity, Double> observe(int[][] links, int... gone) {
        var population = new Population(links.length);
        for (int i = 0; i < links.length; i++) {
            population.join();
        }
        for (int peer : gone) {
            population.crash(peer);
        }
        return new OverlayObserver(1).observe(new Overlay() {
            @Override
            public int degree(int peer) {
                return links[peer].length;
            }

            @Override
            public int neighbour(int peer, int place) {
                return links[peer][place];
            }
        }, population, 0);
    }

    @Test
    void aTriangleIsAllClusteredAndOneStepWide() {
        Map<Quantity, Double> figures = observe(new int[][] {{1, 2}, {0, 2}, {0, 1}});
        assertEquals(1, figures.get(Quantity.CLUSTERING));
        assertEquals(1, figures.get(Quantity.PATH));
        assertEquals(1, figures.get(Quantity.COMPONENTS));
        assertEquals(0, figures.get(Quantity.IN_DEVIATION));
        assertEquals(2, figures.get(Quantity.IN_MAX));
    }

    @Test
    void linksOfOneDirectionMakeATriangleToo() {
        Map<Quantity, Double> figures = observe(new int[][] {{1}, {2}, {0}});
        assertEquals(1, figures.get(Quantity.CLUSTERING));
        assertEquals(1, figures.get(Quantity.PATH));
    }

    @Test
    void aRingOfSixHasNoClusteringAndPathsOfNineFifths() {
        Map<Quantity, Double> figures = observe(new int[][] {{1}, {2}, {3}, {4}, {5}, {0}});
        assertEquals(0, figures.get(Quantity.CLUSTERING));
        assertEquals((1 + 1 + 2 + 2 + 3) / 5.0, figures.get(Quantity.PATH), 1e-9);
    }

    @Test
    void aStarHasOnePopularPeer() {
        Map<Quantity, Double> figures = observe(new int[][] {{}, {0}, {0}, {0}, {0}});
        assertEquals(4, figures.get(Quantity.IN_MAX));
        assertEquals(Math.sqrt(16 / 5.0 - 0.64), figures.get(Quantity.IN_DEVIATION), 1e-9);
        assertEquals(0.8, figures.get(Quantity.LINKS), 1e-9);
    }

    @Test
    void peersThatAreGoneAreDeadLinksAndConnectNobody() {
        Map<Quantity, Double> figures = observe(new int[][] {{1}, {2}, {3}, {4}, {3}}, 2);
        assertEquals(4, figures.get(Quantity.UP));
        assertEquals(25, figures.get(Quantity.DEAD), 1e-9);
        assertEquals(2, figures.get(Quantity.COMPONENTS));
        assertEquals(50, figures.get(Quantity.LARGEST), 1e-9);
    }

    @Test
    void nobodyIsNoGraph() {
        assertEquals(Map.of(Quantity.UP, 0.0), observe(new int[][] {{1}, {0}}, 0, 1));
    }
}
