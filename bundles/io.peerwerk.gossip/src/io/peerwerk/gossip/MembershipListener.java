// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import org.jspecify.annotations.Nullable;

/** Hears of members that come, change and go. */
@FunctionalInterface
public interface MembershipListener {
    /**
     * A member other than this peer is new or has another state, incarnation, address or offer. A new round trip
     * alone is not told. Called in order, on a thread of the gossip service; it must return soon and not block.
     *
     * @param before what was believed before, or null where the member is new
     * @param now what is believed now
     */
    void changed(@Nullable Member before, Member now);
}
