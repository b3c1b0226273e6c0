// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import java.util.Arrays;

/**
 * Which peers make good neighbours of a given one: the ranking function of T-Man, and so the topology. Stateless.
 */
@FunctionalInterface
public interface Preference {

    /**
     * Puts the best neighbours of a peer first, in order; the others stay behind them in any order.
     *
     * @param base the peer, which is not among the nodes
     * @param nodes different peers
     * @param count how many of the nodes there are; what lies behind in the array is not looked at
     * @param best how many are wanted, at most count
     */
    void arrange(Node base, Node[] nodes, int count, int best);

    /** The next ones on the ring of keys, by turns after and before the peer. */
    Preference RING = (base, nodes, count, best) -> {
        Node[] sorted = sorted(nodes, count, node -> node.key() - base.key());
        for (int i = 0; i < count; i++) {
            nodes[i] = sorted[i % 2 == 0 ? i / 2 : count - 1 - i / 2];
        }
    };

    /**
     * For each number of leading bits that a key shares with the peer's, the nearest one by XOR distance; then for each
     * the second, and so on: what a routing table of Kademlia wants.
     */
    Preference XOR = (base, nodes, count, best) -> {
        Node[] sorted = sorted(nodes, count, node -> node.key() ^ base.key());
        int[] taken = new int[Long.SIZE + 1];
        int[] turns = new int[count]; // how many nearer ones share as many bits
        for (int i = 0; i < count; i++) {
            turns[i] = taken[Long.numberOfLeadingZeros(sorted[i].key() ^ base.key())]++;
        }
        int place = 0;
        for (int turn = 0; place < count; turn++) {
            for (int i = 0; i < count; i++) {
                if (turns[i] == turn) {
                    nodes[place++] = sorted[i];
                }
            }
        }
    };

    /** Those with the shortest round trip, as the coordinates foretell it. */
    Preference PROXIMITY = (base, nodes, count, best) -> {
        // The bits of a double that is not negative are in the order of the doubles.
        Node[] sorted = sorted(nodes, count,
                node -> Double.doubleToRawLongBits(base.coordinates().distance(node.coordinates())));
        System.arraycopy(sorted, 0, nodes, 0, count);
    };

    /** How far a node is from the base, as an unsigned number. */
    @FunctionalInterface
    interface Distance {
        long to(Node node);
    }

    /**
     * The nodes, nearest first. The distances are sorted as numbers, their lowest bits replaced by the node's place in the
     * array: the keys of peers differ before that, and this is many times as fast as to sort objects.
     */
    private static Node[] sorted(Node[] nodes, int count, Distance distance) {
        int places = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
        long mask = (1L << places) - 1;
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (distance.to(nodes[i]) & ~mask | i) ^ Long.MIN_VALUE; // unsigned in the order of signed
        }
        Arrays.sort(order);
        Node[] sorted = new Node[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = nodes[(int) (order[i] & mask)];
        }
        return sorted;
    }
}
