// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;

/**
 * Whom to tell that this peer has something, while the lookup for the closest peers goes on. With a known size N of the
 * network, a peer nearer than k/N of the space is, on average, one of the k closest, and is told as soon as it has
 * answered. When three quarters of k are told, the lookup stops, and those still missing are told without having been
 * asked: the end of a lookup, which waits for the silent ones among the closest, is the longest part of it. Not
 * thread-safe.
 *
 * @see <a href="https://github.com/protocol/network-measurements/pull/29">Optimistic Provide</a>
 */
public final class Provision {

    private final Lookup lookup;
    private final long networkSize;
    private final int wanted;
    private final Set<PeerId> told = new HashSet<>();

    /**
     * @param networkSize peers in the network; 0 where that is unknown, then the lookup goes to its end
     * @param wanted      peers to tell
     */
    public Provision(Lookup lookup, long networkSize, int wanted) {
        this.lookup = lookup;
        this.networkSize = networkSize;
        this.wanted = wanted;
    }

    /** The peers to tell now; call it after each answer, and again when the lookup is done. */
    public List<Contact> next() {
        List<Contact> now = new ArrayList<>();
        if (!lookup.isDone()) {
            lookup.closest().stream().filter(this::isSurelyClose).forEach(contact -> tell(contact, now));
            if (told.size() >= wanted - wanted / 4) {
                lookup.stop();
            }
        }
        if (lookup.isDone()) {
            boolean early = told.size() >= wanted - wanted / 4;
            List<Contact> rest = early ? lookup.candidates() : lookup.closest();
            rest.stream().limit(wanted).forEach(contact -> tell(contact, now));
        }
        return now;
    }

    private void tell(Contact contact, List<Contact> now) {
        if (told.size() < wanted && told.add(contact.id())) {
            now.add(contact);
        }
    }

    private boolean isSurelyClose(Contact contact) {
        return networkSize > 0
                && contact.key().distance(lookup.target()).fraction() < (double) wanted / networkSize;
    }
}
