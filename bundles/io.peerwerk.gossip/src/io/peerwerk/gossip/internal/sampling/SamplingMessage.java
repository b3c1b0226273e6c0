// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;

import io.peerwerk.gossip.internal.cyclon.Entry;

/**
 * A request or an answer.
 *
 * @param entries neighbours of the sender and the sender itself
 * @param pull whether the sender wants entries back
 */
public record SamplingMessage(List<Entry> entries, boolean pull) {

    public SamplingMessage {
        entries = List.copyOf(entries);
    }
}
