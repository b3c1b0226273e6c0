// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import io.peerwerk.routing.internal.wire.Octets;

/** What the table needs done. */
public sealed interface UpkeepAction {

    /** Ask the peer for those close to this one, and tell {@link Upkeep#checked} what came of it. */
    record Check(Contact contact) implements UpkeepAction {
    }

    /** Look for the peers closest to what these bytes name. */
    record Refresh(Octets target) implements UpkeepAction {
    }
}
