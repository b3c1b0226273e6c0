// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.MemberState;

/**
 * What somebody says about a peer, possibly about itself.
 *
 * @param card the peer's own words, as far as they are known
 * @param state what is believed of it
 */
public record Rumour(Card card, MemberState state) {

    PeerId id() {
        return card.id();
    }

    long incarnation() {
        return card.incarnation();
    }
}
