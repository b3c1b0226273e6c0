// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * A few peers out of all that were ever heard of, each as likely as any other, however often it was named. This is
 * min-wise sampling as in Brahms (Bortnikov, Gurevich, Keidar, Kliot and Shraer, Computer Networks 53(13), 2009,
 * section 3): each place keeps the peer whose id hashes lowest under a secret of the place. To name a peer a thousand
 * times changes nothing, so a minority that pushes itself into every view holds no more places here than its share of
 * peers.
 */
public final class Recall {

    private final @Nullable Contact[] places;
    private final long[] ranks;
    private final long secret;

    public Recall(int places, RandomGenerator random) {
        this.places = new Contact[places];
        this.ranks = new long[places];
        this.secret = random.nextLong();
    }

    /** A peer is heard of, for the first time or again. */
    public void offer(Contact contact) {
        int hash = contact.id().hashCode();
        for (int i = 0; i < places.length; i++) {
            long rank = rank(i, hash);
            if (places[i] == null || rank <= ranks[i]) {
                places[i] = contact; // the same peer again: possibly with newer addresses
                ranks[i] = rank;
            }
        }
    }

    /** The peer does not answer: its places go to whoever is heard of next. */
    public void forget(PeerId peer) {
        for (int i = 0; i < places.length; i++) {
            Contact kept = places[i];
            if (kept != null && kept.id().equals(peer)) {
                places[i] = null;
            }
        }
    }

    /** One of the peers at random, or null if the place drawn is empty. */
    public @Nullable Contact draw(RandomGenerator random) {
        return places.length == 0 ? null : places[random.nextInt(places.length)];
    }

    /** The peers that are kept, possibly one of them in several places. */
    public List<Contact> kept() {
        return Arrays.stream(places).filter(Objects::nonNull).toList();
    }

    /** The finalizer of SplitMix64 over secret, place and the id's hash. */
    private long rank(int place, int hash) {
        long z = secret + place * 0x9E3779B97F4A7C15L + hash * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
