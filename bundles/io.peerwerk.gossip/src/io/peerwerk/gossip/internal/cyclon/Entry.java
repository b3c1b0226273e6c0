// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One neighbour in a message.
 *
 * @param contact the neighbour
 * @param age rounds since the neighbour itself made the entry, 0 to {@value #MAX_AGE}
 */
public record Entry(Contact contact, int age) {

    /** Ages are no higher than this; an entry that is so old is about to be used anyway. */
    public static final int MAX_AGE = 10_000;

    public Entry {
        if (age < 0 || age > MAX_AGE) {
            throw new IllegalArgumentException("age " + age);
        }
    }

    PeerId id() {
        return contact.id();
    }
}
