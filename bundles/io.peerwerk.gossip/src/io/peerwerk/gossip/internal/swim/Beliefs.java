// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/**
 * What is believed, by peer: a table with open addresses, half full at most, which has nothing beside the beliefs
 * themselves. Where one is, depends on a secret factor, so that nobody can choose ids that lie on top of each other.
 */
final class Beliefs {

    private static final int LEAST_PLACES = 8;

    private final int factor;
    private @Nullable Belief[] table = new Belief[LEAST_PLACES];
    private int size;

    /** @param secret any number */
    Beliefs(int secret) {
        this.factor = secret | 1;
    }

    int size() {
        return size;
    }

    @Nullable
    Belief find(PeerId id) {
        int place = home(id);
        for (Belief belief = table[place]; belief != null; belief = table[place]) {
            if (belief.id.equals(id)) {
                return belief;
            }
            place = next(place);
        }
        return null;
    }

    /** Adds one about a peer that is not in here. */
    void add(Belief belief) {
        if (2 * ++size > table.length) {
            @Nullable Belief[] before = table;
            table = new Belief[2 * before.length];
            Arrays.stream(before).filter(Objects::nonNull).forEach(this::put);
        }
        put(belief);
    }

    private void put(Belief belief) {
        int place = home(belief.id);
        while (table[place] != null) {
            place = next(place);
        }
        table[place] = belief;
    }

    /** Removes one that is in here; those behind it that it kept from their places move up. */
    void remove(Belief belief) {
        int gap = home(belief.id);
        while (table[gap] != belief) {
            gap = next(gap);
        }
        size--;
        int place = next(gap);
        for (Belief other = table[place]; other != null; other = table[place]) {
            int mask = table.length - 1;
            boolean mayMove = (place - home(other.id) & mask) >= (place - gap & mask);
            if (mayMove) {
                table[gap] = other;
                gap = place;
            }
            place = next(place);
        }
        table[gap] = null;
    }

    void forEach(Consumer<Belief> each) {
        for (Belief belief : table) {
            if (belief != null) {
                each.accept(belief);
            }
        }
    }

    private int home(PeerId id) {
        return id.hashCode() * factor >>> Integer.numberOfLeadingZeros(table.length - 1);
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }
}
