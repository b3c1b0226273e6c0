// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A window on one view: at most so many neighbours, none twice, the freshest first. A node has one on an array of its
 * own; a simulator moves a few over one flat array with the views of all peers, so that a peer is four bytes an entry
 * there and no object. Either way it is this class that the protocol works on.
 *
 * <p>A neighbour is a number, which whoever owns the array gives a meaning. An entry is one int:
 *
 * <pre>
 *   31 30        24 23                          0
 *   ┌─┬────────────┬─────────────────────────────┐
 *   │0│ age        │ number of the neighbour     │     a free place is {@link Integer#MAX_VALUE}
 *   └─┴────────────┴─────────────────────────────┘
 * </pre>
 *
 * <p>so entries are sorted by age where they are sorted as numbers, and free places come last. Not thread-safe; windows
 * on different parts of one array may be used at the same time.
 */
public final class View {

    /** The highest number of a neighbour. */
    public static final int MAX_PEER = (1 << 24) - 2;

    /** Ages are no higher than this: an entry that is so old counts as this old. */
    public static final int MAX_AGE = 126;

    /** What {@link #draw} gives for an empty view. */
    public static final int NOBODY = -1;

    /** The age of the entry of one that is no neighbour. */
    static final int ABSENT = -1;

    static final int FREE = Integer.MAX_VALUE;

    static final int AGE_SHIFT = 24;
    static final int PEER_MASK = (1 << AGE_SHIFT) - 1;
    private static final int AGELESS = MAX_AGE << AGE_SHIFT;

    final int[] entries;
    final int capacity;
    int from;

    /** A view on an array of its own. */
    public View(int capacity) {
        this(new int[capacity], capacity);
        clear();
    }

    /** The first window of the given width on an array that may hold many. */
    public View(int[] entries, int capacity) {
        if (capacity < 1 || capacity > entries.length) {
            throw new IllegalArgumentException("a view of " + capacity + " on " + entries.length + " entries");
        }
        this.entries = entries;
        this.capacity = capacity;
    }

    /** Moves the window to the view with this number, from 0. */
    public View at(int number) {
        from = number * capacity;
        return this;
    }

    public int capacity() {
        return capacity;
    }

    /** How many neighbours there are. */
    public int size() {
        int size = capacity;
        while (size > 0 && entries[from + size - 1] == FREE) {
            size--;
        }
        return size;
    }

    /** The neighbour at a place below {@link #size}. */
    public int peer(int place) {
        return entries[from + place] & PEER_MASK;
    }

    /** The age of the entry at a place below {@link #size}, in whatever its owner counts. */
    public int age(int place) {
        return entries[from + place] >>> AGE_SHIFT;
    }

    public boolean contains(int peer) {
        return ageOf(peer) != ABSENT;
    }

    /** The age of a neighbour's entry, or {@link #ABSENT}. */
    int ageOf(int peer) {
        for (int place = size() - 1; place >= 0; place--) {
            if (peer(place) == peer) {
                return age(place);
            }
        }
        return ABSENT;
    }

    /** A neighbour, each as likely as any other, or {@link #NOBODY}. */
    public int draw(RandomGenerator random) {
        int size = size();
        return size == 0 ? NOBODY : peer(random.nextInt(size));
    }

    /** Makes all places free. */
    public void clear() {
        Arrays.fill(entries, from, from + capacity, FREE);
    }

    /**
     * Adds an entry that is at least as old as all others; nothing happens where the view is full.
     *
     * @throws IllegalArgumentException if it is fresher, or a number is out of bounds
     */
    public void append(int peer, int age) {
        int size = size();
        if (peer < 0 || peer > MAX_PEER || age < 0 || age > MAX_AGE || size > 0 && age < age(size - 1)) {
            throw new IllegalArgumentException("an entry of peer " + peer + " and age " + age);
        }
        if (size < capacity) {
            entries[from + size] = age << AGE_SHIFT | peer;
        }
    }

    /** Adds an entry, behind those that are as old, of a peer that is no neighbour yet; the view is not full. */
    void insert(int peer, int age) {
        int place = size();
        while (place > 0 && age(place - 1) > age) {
            entries[from + place] = entries[from + place - 1];
            place--;
        }
        entries[from + place] = age << AGE_SHIFT | peer;
    }

    /** Makes the entry of this neighbour go, if there is one; the others keep their order. */
    public boolean remove(int peer) {
        int size = size();
        for (int place = 0; place < size; place++) {
            if (peer(place) == peer) {
                System.arraycopy(entries, from + place + 1, entries, from + place, capacity - place - 1);
                entries[from + capacity - 1] = FREE;
                return true;
            }
        }
        return false;
    }

    /** All entries become so much older, 1 or more. */
    void grow(int age) {
        int more = Math.min(age, MAX_AGE) << AGE_SHIFT;
        int youngest = AGELESS - more; // of those that get to the highest age
        int end = from + capacity;
        for (int i = from; i < end; i++) {
            int entry = entries[i];
            entries[i] = entry < youngest ? entry + more : entry == FREE ? FREE : AGELESS | entry & PEER_MASK;
        }
    }

    /** Reads the memory that the window covers, so that it is near when it is needed; the value means nothing. */
    public int touch() {
        return entries[from] ^ entries[from + capacity / 2] ^ entries[from + capacity - 1];
    }
}
