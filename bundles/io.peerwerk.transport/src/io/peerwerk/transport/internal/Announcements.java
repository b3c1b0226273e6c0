// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;

/** Addresses that this peer is reached at and no socket here is bound to. Each stays as long as anyone holds it. */
final class Announcements {

    private final Map<Multiaddr, Integer> holders = new LinkedHashMap<>();
    private final Runnable changed;

    /** @param changed is told when an address is new or gone */
    Announcements(Runnable changed) {
        this.changed = changed;
    }

    Registration add(Multiaddr address) {
        if (count(address, 1) == 1) {
            changed.run();
        }
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false) && count(address, -1) == 0) {
                changed.run();
            }
        };
    }

    private synchronized int count(Multiaddr address, int more) {
        int count = holders.getOrDefault(address, 0) + more;
        if (count == 0) {
            holders.remove(address);
        } else {
            holders.put(address, count);
        }
        return count;
    }

    /** The addresses, the oldest first. */
    synchronized List<Multiaddr> all() {
        return List.copyOf(holders.keySet());
    }
}
