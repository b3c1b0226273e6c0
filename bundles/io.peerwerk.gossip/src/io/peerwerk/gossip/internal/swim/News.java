// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is still to be passed on, the least passed on first (section 4.1 of the paper). What is told is what is believed
 * when it is told, so a piece of news never goes stale in the queue, and a peer stands in it once.
 *
 * <p>Peers that we have talked to and peers that we only heard of queue apart and take turns: whoever invents thousands
 * of peers does not hold up the news about real ones.
 */
final class News {

    private final Deque<Belief> met = new ArrayDeque<>(1);
    private final Deque<Belief> hearsay = new ArrayDeque<>(1);

    boolean isEmpty() {
        return met.isEmpty() && hearsay.isEmpty();
    }

    /** Something about this peer is new and is to be passed on so many times. */
    void add(Belief belief, int times) {
        belief.newsLeft = times;
        if (!belief.queued) {
            belief.queued = true;
            queueOf(belief).addFirst(belief);
        }
    }

    /** This peer is forgotten; its place in the queue is passed over when its turn comes. */
    void drop(Belief belief) {
        belief.newsLeft = 0;
    }

    /**
     * Pieces of news for a request that take so many bytes at most, none about the one who gets it. They count as
     * passed on once more.
     */
    List<Rumour> take(int bytes, @Nullable Belief reader) {
        if (isEmpty()) {
            return List.of();
        }
        List<Belief> taken = new ArrayList<>();
        List<Rumour> rumours = new ArrayList<>();
        int room = bytes;
        while (!isEmpty()) {
            boolean turn = taken.size() % 2 == 0;
            Deque<Belief> queue = met.isEmpty() || !turn && !hearsay.isEmpty() ? hearsay : met;
            Belief belief = queue.getFirst();
            if (belief.newsLeft > 0) {
                Rumour rumour = belief.rumour();
                room -= rumour.weight();
                boolean fitsElsewhere = !taken.isEmpty() || rumour.weight() <= SwimOptions.PIGGY_BACK;
                if (room < 0 && fitsElsewhere) {
                    break;
                }
                taken.add(belief);
                if (belief != reader) {
                    rumours.add(rumour);
                }
            }
            queue.removeFirst();
            belief.queued = false;
        }
        for (Belief belief : taken) {
            belief.newsLeft--; // for the reader's own too, or with one other member it would never end
            if (belief.newsLeft > 0) {
                belief.queued = true;
                queueOf(belief).addLast(belief);
            }
        }
        return rumours;
    }

    /**
     * Pieces of news for an answer that take so many bytes at most, none about the one who gets it and none that it has
     * just told. They do not count: one who asks while news is fresh mostly asks to pass on the same.
     */
    List<Rumour> show(int bytes, @Nullable Belief reader, List<Rumour> told) {
        if (isEmpty()) {
            return List.of();
        }
        List<Rumour> rumours = new ArrayList<>();
        Iterator<Belief> first = met.iterator();
        Iterator<Belief> second = hearsay.iterator();
        int room = bytes;
        while (room > 0 && (first.hasNext() || second.hasNext())) {
            Iterator<Belief> queue = first.hasNext() ? first : second;
            Belief belief = queue.next();
            if (belief.newsLeft > 0 && belief != reader && !told.contains(belief.rumour())) {
                Rumour rumour = belief.rumour();
                room -= rumour.weight();
                if (room >= 0) {
                    rumours.add(rumour);
                }
            }
        }
        return rumours;
    }

    private Deque<Belief> queueOf(Belief belief) {
        return belief.met ? met : hearsay;
    }
}
