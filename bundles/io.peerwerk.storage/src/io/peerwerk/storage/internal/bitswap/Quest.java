// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/** The search for one block. Its sets hold connected peers only, and at most as many as are asked. */
final class Quest {

    final Cid cid;
    /** How many callers want it. */
    int callers = 1;
    /** The wants that peers have been told and not been told to forget. */
    final Map<Supplier, WantEntry.Kind> told = new HashMap<>();
    /** Those that say they have it. */
    final Set<Supplier> holders = new LinkedHashSet<>();
    /** Those that say they have not, or were asked and let it wait. */
    final Set<Supplier> exhausted = new HashSet<>();
    /** The one that was asked to send it, and when. */
    @Nullable Supplier sender;
    long since;
    /** When all are asked once more, and how often they were. */
    long again;
    int rounds;

    Quest(Cid cid) {
        this.cid = cid;
    }

    /** The sender is not waited for any more. */
    void release() {
        if (sender != null) {
            sender.sending--;
            sender = null;
        }
    }
}
