// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;

/**
 * One turn of one peer: what it gets next.
 *
 * @param peer         who
 * @param blocks       blocks to send, in this order
 * @param presences    answers to send with them
 * @param pendingBytes bytes of blocks that it wants besides and that are here, about
 */
public record Envelope(PeerId peer, List<Cid> blocks, List<Presence> presences, int pendingBytes) {

    /** The lists are copied. */
    public Envelope {
        blocks = List.copyOf(blocks);
        presences = List.copyOf(presences);
    }
}
