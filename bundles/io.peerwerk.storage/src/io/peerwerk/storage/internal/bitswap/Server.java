// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.internal.ipld.EitherVersion;

/**
 * The side that has blocks: remembers what peers want and says who gets what next.
 *
 * <p>One turn of a peer is about a MiB, and it has one at a time. The next turn goes to the peer that has been given the
 * least since it came (start-time fair queueing: one that comes, or has wanted nothing for a while, begins where the
 * others are). A byte to a peer that has taken much and given nothing counts up to four times.
 *
 * <p>Does no I/O; not thread-safe.
 */
public final class Server {

    /** What an answer without a block counts, in bytes. */
    private static final int PRESENCE = 64;

    private final BlockSource source;
    private final ServerOptions options;
    private final Accounts accounts;
    private final Map<PeerId, Taker> takers = new HashMap<>();
    /** Those that have something to hear and no turn. */
    private final Map<PeerId, Taker> waiting = new HashMap<>();
    private int active;
    private double clock;
    private long wants;
    private long refused;

    private static final class Taker {
        private final PeerId peer;
        private final Ledger ledger;
        private double served;
        private double turn = -1;

        private Taker(PeerId peer, Ledger ledger) {
            this.peer = peer;
            this.ledger = ledger;
        }

        private boolean hasTurn() {
            return turn >= 0;
        }
    }

    /** @param source is asked for sizes only */
    public Server(BlockSource source, ServerOptions options, Accounts accounts) {
        this.source = source;
        this.options = options;
        this.accounts = accounts;
    }

    /** A peer says what it wants. */
    public void receive(PeerId peer, boolean full, List<WantEntry> entries) {
        if (entries.isEmpty() && !(full && takers.containsKey(peer))) {
            return;
        }
        Taker taker = takers.computeIfAbsent(peer, p -> new Taker(p, new Ledger(options)));
        int before = taker.ledger.size();
        if (full) {
            taker.ledger.clear();
        }
        wants += taker.ledger.size() - before;
        entries.forEach(entry -> take(taker, entry));
        settle(taker);
    }

    private void take(Taker taker, WantEntry entry) {
        int before = taker.ledger.size();
        if (entry.kind() == WantEntry.Kind.CANCEL) {
            taker.ledger.cancel(entry.cid());
        } else if (isData(entry.cid()) || taker.ledger.grows(entry.cid()) && !hasRoomFor(taker)
                || !taker.ledger.want(entry, source.size(entry.cid()))) {
            refused++;
        }
        wants += taker.ledger.size() - before;
    }

    /** Nobody needs a block from here that stands in its own name. */
    private static boolean isData(Cid cid) {
        return cid.hash().code() == Multihash.IDENTITY;
    }

    /** Where all wants together are too many, a peer with less than its share takes the place of one with the most. */
    private boolean hasRoomFor(Taker taker) {
        if (wants < options.wants()) {
            return true;
        }
        if (taker.ledger.size() >= options.wants() / takers.size()) {
            return false;
        }
        Taker most = takers.values().stream().max(Comparator.comparingInt(c -> c.ledger.size())).orElse(taker);
        most.ledger.shrink();
        wants--;
        settle(most);
        return true;
    }

    /** A peer that wants nothing is forgotten, one that can be told something gets in line. */
    private void settle(Taker taker) {
        if (taker.ledger.isReady()) {
            if (!taker.hasTurn() && waiting.put(taker.peer, taker) == null) {
                taker.served = Math.max(taker.served, clock);
            }
            return;
        }
        waiting.remove(taker.peer);
        if (taker.ledger.size() == 0 && !taker.hasTurn() && taker.served <= clock) {
            takers.remove(taker.peer, taker);
        }
    }

    /** A block has come that somebody may wait for, under this name or the other one that it may have. */
    public void stored(Cid cid) {
        tell(cid);
        EitherVersion.other(cid).ifPresent(this::tell);
    }

    private void tell(Cid cid) {
        long size = source.size(cid);
        if (size != BlockSource.ABSENT) {
            for (Taker taker : List.copyOf(takers.values())) {
                taker.ledger.stored(cid, size);
                settle(taker);
            }
        }
    }

    /** The next turn, for a peer that has none; empty if nobody has anything to hear, or enough turns are under way. */
    public Optional<Envelope> next() {
        if (active >= options.active()) {
            return Optional.empty();
        }
        Optional<Taker> least = waiting.values().stream().min(Comparator.comparingDouble(taker -> taker.served));
        return least.map(this::turn);
    }

    private Envelope turn(Taker taker) {
        waiting.remove(taker.peer);
        active++;
        clock = Math.max(clock, taker.served);
        int before = taker.ledger.size();
        Ledger.Turn turn = taker.ledger.turn(source);
        wants += taker.ledger.size() - before;
        taker.turn = turn.bytes;
        taker.served += cost(taker.peer, turn.bytes) + (double) turn.presences.size() * PRESENCE;
        return new Envelope(taker.peer, turn.blocks, turn.presences, turn.pending);
    }

    private double cost(PeerId peer, double bytes) {
        return bytes * accounts.of(peer).weight();
    }

    /** A turn is over: so much was sent. */
    public void done(PeerId peer, long bytes, int blocks) {
        if (blocks > 0) {
            accounts.sent(peer, bytes, blocks);
        }
        Taker taker = takers.get(peer);
        if (taker != null && taker.hasTurn()) {
            active--;
            taker.served += cost(peer, bytes - taker.turn);
            taker.turn = -1;
            settle(taker);
        }
    }

    /** A peer has gone, or takes nothing: nothing is kept of it but its account. */
    public void left(PeerId peer) {
        Taker taker = takers.remove(peer);
        if (taker != null) {
            waiting.remove(peer);
            wants -= taker.ledger.size();
            active -= taker.hasTurn() ? 1 : 0;
        }
    }

    /** Wants that are kept, of all peers. */
    public long wants() {
        return wants;
    }

    /** Wants that are kept of one peer. */
    public int wants(PeerId peer) {
        Taker taker = takers.get(peer);
        return taker == null ? 0 : taker.ledger.size();
    }

    /** Peers of which something is kept, besides accounts. */
    public int peers() {
        return takers.size();
    }

    /** Wants that were not taken, as there were too many or they were of no use. */
    public long refused() {
        return refused;
    }
}
