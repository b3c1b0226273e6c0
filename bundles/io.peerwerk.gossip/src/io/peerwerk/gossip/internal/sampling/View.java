// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * The view of the framework, in the order that its rules speak of. An entry keeps the cycle it was born in, so that
 * ageing costs nothing.
 */
final class View {

    private final SamplingOptions options;
    private final RandomGenerator random;
    private List<Known> entries = new ArrayList<>();
    private int cycle;

    View(SamplingOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    int size() {
        return entries.size();
    }

    void age() {
        cycle++;
    }

    List<Contact> contacts() {
        return entries.stream().map(Known::contact).toList();
    }

    /** The neighbour to ask, or null. */
    @Nullable
    Contact choose() {
        if (entries.isEmpty()) {
            return null;
        }
        return switch (options.partner()) {
            case RANDOM -> entries.get(random.nextInt(entries.size())).contact();
            case TAIL -> entries.get(oldest(0)).contact();
        };
    }

    /** What is sent of the view; it comes to stand first. */
    List<Entry> head() {
        Collections.shuffle(entries, random);
        for (int moved = 0; moved < Math.min(options.healer(), entries.size()); moved++) {
            Collections.swap(entries, oldest(moved), entries.size() - 1 - moved);
        }
        int count = Math.min(entries.size(), options.viewSize() / 2 - 1);
        List<Entry> head = new ArrayList<>(count);
        for (Known known : entries.subList(0, count)) {
            head.add(new Entry(known.contact(), known.age(cycle)));
        }
        return head;
    }

    /** The place of the oldest entry, without the last so many. */
    private int oldest(int without) {
        int oldest = 0;
        for (int i = 1; i < entries.size() - without; i++) {
            if (entries.get(i).born() < entries.get(oldest).born()) {
                oldest = i;
            }
        }
        return oldest;
    }

    /** Takes in what came and comes down to the size of a view. */
    void select(List<Entry> received) {
        for (Entry entry : received) {
            add(new Known(entry.contact(), cycle - entry.age()));
        }
        int excess = entries.size() - options.viewSize();
        for (int i = 0; i < Math.min(options.healer(), excess); i++) {
            entries.remove(oldest(0));
        }
        excess = entries.size() - options.viewSize();
        if (excess > 0) {
            entries.subList(0, Math.min(options.swapper(), excess)).clear();
        }
        while (entries.size() > options.viewSize()) {
            entries.remove(random.nextInt(entries.size()));
        }
    }

    /** Appends an entry; of a peer that is there already the younger one stays. */
    private void add(Known known) {
        for (int i = 0; i < entries.size(); i++) {
            Known other = entries.get(i);
            if (other.id().equals(known.id())) {
                if (other.born() < known.born()) {
                    entries.set(i, known);
                }
                return;
            }
        }
        entries.add(known);
    }

    /** A peer known from elsewhere takes an empty place. */
    void seed(Contact contact) {
        if (entries.size() < options.viewSize()) {
            add(new Known(contact, cycle));
        }
    }

    void drop(PeerId peer) {
        entries.removeIf(known -> known.id().equals(peer));
    }
}
