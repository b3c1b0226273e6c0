// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/** Which block lies where; keeps the segments' counts of living bytes in step. Thread-safe. */
final class BlockIndex {

    private final Map<Cid, Location> places = new ConcurrentHashMap<>();

    @Nullable Location get(Cid cid) {
        return places.get(cid);
    }

    boolean has(Cid cid) {
        return places.containsKey(cid);
    }

    void put(Cid cid, Location place) {
        place.segment().live.addAndGet(place.recordLength());
        Location before = places.put(cid, place);
        if (before != null) {
            dead(before);
        }
    }

    void remove(Cid cid) {
        Location before = places.remove(cid);
        if (before != null) {
            dead(before);
        }
    }

    /** Moves a block whose record was copied, unless it was removed or moved meanwhile. */
    boolean move(Cid cid, Location from, Location to) {
        if (places.replace(cid, from, to)) {
            to.segment().live.addAndGet(to.recordLength());
            dead(from);
            return true;
        }
        return false;
    }

    /** Forgets a block whose record turned out to be damaged, unless it lies elsewhere meanwhile. */
    boolean drop(Cid cid, Location damaged) {
        if (places.remove(cid, damaged)) {
            dead(damaged);
            return true;
        }
        return false;
    }

    private static void dead(Location place) {
        place.segment().live.addAndGet(-place.recordLength());
    }

    int size() {
        return places.size();
    }

    Set<Cid> cids() {
        return places.keySet();
    }
}
