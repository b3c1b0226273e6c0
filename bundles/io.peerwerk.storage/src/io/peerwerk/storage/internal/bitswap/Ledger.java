// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;

/**
 * What one peer wants from this one. A want is <em>ready</em> while there is something to say about it, else it waits
 * for the block to come; the peer may also be told that it is not there, and goes on waiting. So many are kept at most:
 * one more takes the place of the waiting or ready one with the least priority, waiting ones first, if it has more.
 */
final class Ledger {

    /** One want. The order of those that are ready: by priority, then in the order they came. */
    private record Want(WantEntry entry, long number, boolean ready, long size) {

        static final Comparator<Want> TURN = Comparator.comparingInt((Want want) -> want.entry.priority()).reversed()
                .thenComparingLong(Want::number);

        /** The first is the one that is missed least. */
        static final Comparator<Want> WORTH = Comparator.comparingInt((Want want) -> want.entry.priority())
                .thenComparing(Want::ready).thenComparing(Comparator.comparingLong(Want::number).reversed());

        boolean isBlock() {
            return entry.kind() == WantEntry.Kind.BLOCK;
        }

        long bytes() {
            return !ready || !isBlock() || size == BlockSource.ABSENT ? 0 : size;
        }
    }

    private final ServerOptions options;
    private final Map<Cid, Want> wants = new HashMap<>();
    private final TreeSet<Want> ready = new TreeSet<>(Want.TURN);
    private final TreeSet<Want> worth = new TreeSet<>(Want.WORTH);
    private long numbers;
    private long readyBytes;

    Ledger(ServerOptions options) {
        this.options = options;
    }

    /** How many wants are kept. */
    int size() {
        return wants.size();
    }

    /** Whether one more want is kept if this block is wanted. */
    boolean grows(Cid cid) {
        return wants.size() < options.wantsPerPeer() && !wants.containsKey(cid);
    }

    /** Whether there is something to say. */
    boolean isReady() {
        return !ready.isEmpty();
    }

    /** Forgets all wants. */
    void clear() {
        wants.clear();
        ready.clear();
        worth.clear();
        readyBytes = 0;
    }

    void cancel(Cid cid) {
        Want want = wants.get(cid);
        if (want != null) {
            remove(want);
        }
    }

    /** Takes a want, or changes one; whoever has asked for a block does not ask for less. False if there is no room. */
    boolean want(WantEntry entry, long size) {
        Want before = wants.get(entry.cid());
        if (before != null) {
            remove(before);
            put(before.isBlock() ? new WantEntry(entry.cid(), WantEntry.Kind.BLOCK, entry.priority(),
                    entry.sendDontHave()) : entry, size);
            return true;
        }
        if (wants.size() >= options.wantsPerPeer() && !giveWay(entry.priority())) {
            return false;
        }
        put(entry, size);
        return true;
    }

    private boolean giveWay(int priority) {
        Want least = worth.first();
        if (least.entry.priority() > priority || least.entry.priority() == priority && least.ready) {
            return false;
        }
        remove(least);
        return true;
    }

    /** Drops the want that is missed least. */
    void shrink() {
        remove(worth.first());
    }

    private void put(WantEntry entry, long size) {
        add(new Want(entry, numbers++, size != BlockSource.ABSENT || entry.sendDontHave(), size));
    }

    private void add(Want want) {
        wants.put(want.entry.cid(), want);
        worth.add(want);
        if (want.ready) {
            ready.add(want);
            readyBytes += want.bytes();
        }
    }

    private void remove(Want want) {
        wants.remove(want.entry.cid());
        worth.remove(want);
        if (ready.remove(want)) {
            readyBytes -= want.bytes();
        }
    }

    /** A block has come. */
    void stored(Cid cid, long size) {
        Want want = wants.get(cid);
        if (want != null) {
            remove(want);
            add(new Want(want.entry, want.number, true, size));
        }
    }

    /** What a turn gives. */
    static final class Turn {
        final List<Cid> blocks = new ArrayList<>();
        final List<Presence> presences = new ArrayList<>();
        long bytes;
        int pending;

        private boolean isFull() {
            return blocks.size() == ServerOptions.TURN_BLOCKS || bytes >= ServerOptions.TURN_BYTES
                    || presences.size() == ServerOptions.TURN_PRESENCES;
        }
    }

    /** Takes out what comes next, at least one thing if it {@linkplain #isReady() is ready}. */
    Turn turn(BlockSource source) {
        var turn = new Turn();
        for (Want want = next(turn); want != null; want = next(turn)) {
            remove(want);
            answer(want, source.size(want.entry.cid()), turn);
        }
        turn.pending = (int) Math.min(readyBytes, Integer.MAX_VALUE);
        return turn;
    }

    private @Nullable Want next(Turn turn) {
        return ready.isEmpty() || turn.isFull() ? null : ready.first();
    }

    private void answer(Want want, long size, Turn turn) {
        Cid cid = want.entry.cid();
        if (size == BlockSource.ABSENT) {
            if (want.entry.sendDontHave()) {
                turn.presences.add(new Presence(cid, false));
            }
            add(new Want(want.entry, want.number, false, size));
        } else if (want.isBlock() || size <= options.smallBlock()) {
            turn.blocks.add(cid);
            turn.bytes += size;
        } else {
            turn.presences.add(new Presence(cid, true));
        }
    }
}
