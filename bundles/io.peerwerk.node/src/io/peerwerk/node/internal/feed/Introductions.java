// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import org.jspecify.annotations.Nullable;

/**
 * Whom the routing is to hear of, and when. Of each peer the last that is known counts. Times are nanoseconds of any
 * origin. Not thread-safe.
 */
final class Introductions {

    /** Peers at once, and each second in the long run: each is dialled and asked something. */
    static final int BURST = 64;
    static final int PER_SECOND = 16;
    /** Peers that wait for their turn, at most. One that finds no room is met again in the view of the peer sampling. */
    static final int MAX_WAITING = 512;

    private final TokenBucket pace;
    private final Map<PeerId, Word> waiting = new LinkedHashMap<>();

    /**
     * What the routing is told.
     *
     * @param addresses where the peer may be; none if the host may know
     * @param here      whether it is there, or seems to be gone
     */
    record Word(PeerId peer, List<Multiaddr> addresses, boolean here) {
    }

    Introductions(long now) {
        this.pace = new TokenBucket(PER_SECOND, BURST, now);
    }

    /** A member is new, or not what it was. */
    void changed(@Nullable Member before, Member now) {
        boolean here = now.state().isReachable();
        boolean wasHere = before != null && before.state().isReachable();
        if (here != wasHere || here && !now.addresses().equals(before.addresses())) {
            add(new Word(now.id(), now.addresses(), here));
        }
    }

    /** A peer is among the neighbours of the peer sampling. */
    void met(PeerId peer, List<Multiaddr> addresses) {
        if (!waiting.containsKey(peer)) {
            add(new Word(peer, addresses, true));
        }
    }

    private void add(Word word) {
        if (waiting.containsKey(word.peer()) || waiting.size() < MAX_WAITING) {
            waiting.put(word.peer(), word);
        }
    }

    /** What to tell now. */
    List<Word> next(long now) {
        List<Word> words = new ArrayList<>();
        var each = waiting.values().iterator();
        while (each.hasNext() && pace.take(1, now)) {
            words.add(each.next());
            each.remove();
        }
        return words;
    }
}
