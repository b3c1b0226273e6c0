// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * A neighbour, and the cycle of this peer in which the neighbour spoke for itself, here or elsewhere; possibly one
 * before the first.
 */
record Known(Contact contact, int born) {

    PeerId id() {
        return contact.id();
    }

    /** Cycles since then. */
    int age(int cycle) {
        return Math.min(cycle - born, Entry.MAX_AGE);
    }
}
