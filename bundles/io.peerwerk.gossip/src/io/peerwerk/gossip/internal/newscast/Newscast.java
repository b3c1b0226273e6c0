// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The rules of Newscast, see the package description, on views that it is given: a node's own, or those of a million
 * peers in a simulator. It keeps nothing from one call to the next that would matter, only scratch memory; one instance
 * serves any number of peers of one view size, one call at a time. No call allocates.
 */
public final class Newscast {

    private static final int SLOTS = 1024;

    private final int viewSize;

    /** The freshest others that the last {@link #merge} found, freshest first. */
    private final int[] fresh;
    private int found;

    /**
     * Which peers the present merge has met, so that none is taken twice: a peer's low bits say the slot, which holds
     * the number of the merge and the peer. Where two peers want one slot, the second is looked for among the found.
     */
    private final int[] met = new int[SLOTS];
    private int merges;

    /** @param viewSize neighbours a peer keeps ({@code c}), at least 2 */
    public Newscast(int viewSize) {
        if (viewSize < 2) {
            throw new IllegalArgumentException("a view of " + viewSize);
        }
        this.viewSize = viewSize;
        this.fresh = new int[viewSize];
    }

    public int viewSize() {
        return viewSize;
    }

    /**
     * Begins a cycle of the peer whose view it is.
     *
     * @param age by how much older the entries have become
     * @return the neighbour to exchange views with, each as likely as any other, or {@link View#NOBODY}
     */
    public int tick(View view, int age, RandomGenerator random) {
        age(view, age);
        return view.draw(random);
    }

    /** Makes the entries older. */
    public void age(View view, int age) {
        if (age > 0) {
            view.grow(age);
        }
    }

    /** Both sides of an exchange at once, where both views are at hand. */
    public void exchange(View asking, int askingPeer, View asked, int askedPeer) {
        merge(asking, askingPeer, asked, askedPeer);
        keep(asking, askedPeer);
        keep(asked, askingPeer);
    }

    /** The asking side of an exchange: the answer has come. */
    public void answered(View asking, int askingPeer, View answer, int askedPeer) {
        merge(asking, askingPeer, answer, askedPeer);
        keep(asking, askedPeer);
    }

    /**
     * The neighbour that a peer turned to did not answer: it leaves the view. The last one stays, for who knows nobody
     * would be lost.
     *
     * @return another one to turn to in this cycle, or {@link View#NOBODY}
     */
    public int unanswered(View asking, int askedPeer, RandomGenerator random) {
        if (asking.size() < 2) {
            return View.NOBODY;
        }
        asking.remove(askedPeer);
        return asking.draw(random);
    }

    /** The side that is asked; its answer is its view as it was before. */
    public void asked(View request, int askingPeer, View asked, int askedPeer) {
        merge(request, askingPeer, asked, askedPeer);
        keep(asked, askingPeer);
    }

    /**
     * Finds the freshest entries of two views, one less than a view holds, of peers other than the two. Of entries of
     * one age the two views give theirs by turns, so that neither is preferred when not all find room.
     */
    private void merge(View first, int firstPeer, View second, int secondPeer) {
        if (first.capacity != viewSize || second.capacity != viewSize) {
            throw new IllegalArgumentException("views of " + first.capacity + " and " + second.capacity + ", not " + viewSize);
        }
        int tag = nextTag();
        met[firstPeer & SLOTS - 1] = tag | firstPeer;
        boolean apart = (firstPeer & SLOTS - 1) != (secondPeer & SLOTS - 1);
        met[secondPeer & SLOTS - 1] = tag | secondPeer;
        int excluded = apart ? secondPeer : firstPeer; // the one of the two that may have no slot

        int[] ones = first.entries;
        int[] others = second.entries;
        int i = first.from;
        int j = second.from;
        int iEnd = i + viewSize;
        int jEnd = j + viewSize;
        int limit = viewSize - 1;
        int count = 0;
        int turn = 1;
        int one = ones[i];
        int other = others[j];
        while (count < limit) {
            boolean takeOne = (one >>> View.AGE_SHIFT) - (other >>> View.AGE_SHIFT) < turn;
            int entry = takeOne ? one : other;
            if (entry == View.FREE) {
                break;
            }
            turn ^= 1;
            if (takeOne) {
                one = ++i < iEnd ? ones[i] : View.FREE;
            } else {
                other = ++j < jEnd ? others[j] : View.FREE;
            }
            int peer = entry & View.PEER_MASK;
            int seen = met[peer & SLOTS - 1];
            if (seen == (tag | peer)) {
                continue;
            }
            if ((seen & ~View.PEER_MASK) == tag) {
                if (peer == excluded || isFound(peer, count)) {
                    continue;
                }
            } else {
                met[peer & SLOTS - 1] = tag | peer;
            }
            fresh[count++] = entry;
        }
        found = count;
    }

    private boolean isFound(int peer, int count) {
        for (int i = 0; i < count; i++) {
            if ((fresh[i] & View.PEER_MASK) == peer) {
                return true;
            }
        }
        return false;
    }

    /** The number of a merge in the bits above a peer's; they run out every 255 merges. */
    private int nextTag() {
        if (++merges > 255) {
            Arrays.fill(met, 0);
            merges = 1;
        }
        return merges << View.AGE_SHIFT;
    }

    /** The view becomes the partner, fresh from itself, and what the merge has found. */
    private void keep(View view, int partner) {
        int[] entries = view.entries;
        int from = view.from;
        entries[from] = partner;
        System.arraycopy(fresh, 0, entries, from + 1, found);
        for (int i = found + 1; i < viewSize; i++) {
            entries[from + i] = View.FREE;
        }
    }
}
