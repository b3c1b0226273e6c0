// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Members in the order in which they are probed: a shuffled list that is walked through and then shuffled
 * anew (section 4.3 of the paper). So no member waits for more than two rounds, which random choice alone could not
 * promise. A newcomer gets a random place among those that are still to come. All operations but the shuffle take
 * constant time.
 */
final class ProbeOrder {

    private final List<Belief> order = new ArrayList<>();
    private final RandomGenerator random;
    private int next;

    ProbeOrder(RandomGenerator random) {
        this.random = random;
    }

    int size() {
        return order.size();
    }

    void add(Belief belief) {
        order.add(belief);
        belief.place = order.size() - 1;
        swap(belief.place, random.nextInt(next, order.size()));
    }

    void remove(Belief belief) {
        if (belief.place < next) { // fill the gap with the last one that was probed, and its place with the last of all
            next--;
            swap(belief.place, next);
        }
        swap(belief.place, order.size() - 1);
        order.removeLast();
        belief.place = Belief.NOWHERE;
    }

    /** The member to probe now, or null if there is none. */
    @Nullable
    Belief next() {
        if (order.isEmpty()) {
            return null;
        }
        if (next >= order.size()) {
            shuffle();
            next = 0;
        }
        return order.get(next++);
    }

    /** So many different random members other than the given one, or fewer if there are no more. */
    List<Belief> pick(int count, @Nullable Belief except) {
        int left = order.size() - (contains(except) ? 1 : 0);
        if (left <= count) {
            List<Belief> all = new ArrayList<>(order);
            all.remove(except);
            return all;
        }
        List<Belief> picked = new ArrayList<>(count);
        while (picked.size() < count) { // more than `count` are left: each draw succeeds soon
            Belief drawn = order.get(random.nextInt(order.size()));
            if (drawn != except && !picked.contains(drawn)) {
                picked.add(drawn);
            }
        }
        return picked;
    }

    /** So many members in a row, from a random place on. The order is random, so they are a random sample. */
    List<Belief> stretch(int count) {
        int taken = Math.min(count, order.size());
        List<Belief> stretch = new ArrayList<>(taken);
        int from = taken == 0 ? 0 : random.nextInt(order.size());
        for (int i = 0; i < taken; i++) {
            stretch.add(order.get((from + i) % order.size()));
        }
        return stretch;
    }

    private boolean contains(@Nullable Belief belief) {
        return belief != null && belief.place >= 0 && belief.place < order.size() && order.get(belief.place) == belief;
    }

    private void shuffle() {
        for (int i = order.size(); i > 1; i--) {
            swap(i - 1, random.nextInt(i));
        }
    }

    private void swap(int a, int b) {
        Collections.swap(order, a, b);
        order.get(a).place = a;
        order.get(b).place = b;
    }
}
