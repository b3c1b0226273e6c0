// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * At most so many neighbours with their ages, none twice, in two arrays and no particular order: a simulator holds a
 * million of these. Places 0 to size-1 are taken.
 */
final class View {

    /** The index of a peer that is not there. */
    static final int ABSENT = -1;

    private final @Nullable Contact[] contacts;
    private final short[] ages;
    private int size;

    View(int capacity) {
        contacts = new Contact[capacity];
        ages = new short[capacity];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == contacts.length;
    }

    boolean contains(PeerId id) {
        return indexOf(id) != ABSENT;
    }

    Contact contact(int index) {
        Contact contact = contacts[index];
        if (index >= size || contact == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return contact;
    }

    void age() {
        for (int i = 0; i < size; i++) {
            if (ages[i] < Entry.MAX_AGE) {
                ages[i]++;
            }
        }
    }

    /** The index of the neighbour with the highest age; the view is not empty. */
    int oldest() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            if (ages[i] > ages[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    /** Adds a neighbour that is not there yet to a view that is not full. */
    void add(Contact contact, int age) {
        contacts[size] = contact;
        ages[size++] = (short) age;
    }

    Contact remove(int index) {
        Contact removed = contact(index);
        contacts[index] = contacts[--size];
        ages[index] = ages[size];
        contacts[size] = null;
        return removed;
    }

    boolean remove(PeerId id) {
        int index = indexOf(id);
        if (index == ABSENT) {
            return false;
        }
        remove(index);
        return true;
    }

    /** Puts a neighbour that is not there yet into the place of another one. */
    void replace(int index, Contact contact, int age) {
        contacts[index] = contact;
        ages[index] = (short) age;
    }

    int indexOf(PeerId id) {
        for (int i = 0; i < size; i++) {
            Contact contact = contacts[i];
            if (contact != null && contact.id().equals(id)) {
                return i;
            }
        }
        return ABSENT;
    }

    /** So many random entries, or all if there are fewer. They come to stand first, which changes nothing else. */
    List<Entry> sample(int count, RandomGenerator random) {
        int taken = Math.min(count, size);
        List<Entry> sample = new ArrayList<>(taken + 1);
        for (int i = 0; i < taken; i++) {
            swap(i, random.nextInt(i, size));
            sample.add(new Entry(contact(i), ages[i]));
        }
        return sample;
    }

    private void swap(int a, int b) {
        Contact contact = contacts[a];
        short age = ages[a];
        contacts[a] = contacts[b];
        ages[a] = ages[b];
        contacts[b] = contact;
        ages[b] = age;
    }
}
