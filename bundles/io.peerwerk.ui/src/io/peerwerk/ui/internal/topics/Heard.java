// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.time.Instant;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.ui.internal.model.PeerRow;

/**
 * A message that was heard.
 *
 * @param number counts the messages of this workbench
 * @param at when it came
 * @param peer who signed it
 * @param via the neighbour that it came from
 * @param text what it says, made fit to be shown
 * @param size its length in bytes
 */
public record Heard(long number, Instant at, String topic, PeerId peer, PeerId via, String text, int size) implements PeerRow {
    @Override
    public List<Multiaddr> addresses() {
        return List.of();
    }
}
