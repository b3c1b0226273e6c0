// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/** Who has asked within the present cycle: each peer once, and not more than so many altogether. */
public final class Callers {

    private final @Nullable PeerId[] heard;
    private int count;

    /** @param limit peers that are let in within one cycle, at most */
    public Callers(int limit) {
        heard = new PeerId[limit];
    }

    /** A new cycle begins. */
    public void clear() {
        count = 0;
    }

    /** Whether the peer has been let in within this cycle. */
    public boolean contains(PeerId peer) {
        for (int i = 0; i < count; i++) {
            if (peer.equals(heard[i])) {
                return true;
            }
        }
        return false;
    }

    /** Lets a peer in that was not yet; says whether there was room. */
    public boolean add(PeerId peer) {
        if (count == heard.length) {
            return false;
        }
        heard[count++] = peer;
        return true;
    }
}
