// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table full of peers that answer.
 *
 * <pre>
 *   offered, met ──▶ waiting ──Check──▶ answered ──▶ room?  ──▶ table
 *                                   └─▶ silent: forgotten    └─▶ bucket full: Check its oldest peer
 *                                                                  silent: it goes, the new one takes its place
 *                                                                  answers: it stays, the new one is a spare
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class Upkeep {

    /** Peers that wait to be checked, at most. */
    static final int MAX_WAITING = 256;
    /** Checks under way, at most. */
    static final int MAX_CHECKS = 8;
    /** Peers that failed and are not tried again for a while, at most. */
    static final int MAX_SHUNNED = 512;
    /** How long. */
    static final Duration SHUNNED = Duration.ofMinutes(2);
    /** A peer seen more recently is not asked whether it is still there. */
    static final Duration FRESH = Duration.ofMinutes(1);
    /** A peer not seen for so long is asked, and a bucket not looked through for so long is. */
    static final Duration STALE = Duration.ofMinutes(10);
    /** Deeper buckets are looked through by looking for this peer itself. */
    static final int MAX_REFRESHED = 14;

    private final PeerId self;
    private final RoutingTable table;
    private final RandomGenerator random;
    private final LinkedHashMap<PeerId, Contact> waiting = new LinkedHashMap<>();
    private final Set<PeerId> checks = new HashSet<>();
    private final Map<PeerId, Instant> shunned = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Instant> eldest) {
            return size() > MAX_SHUNNED;
        }
    };
    private final Turnover turnover = new Turnover();
    private @Nullable Instant selfLookup;
    private boolean looking;

    public Upkeep(PeerId self, RoutingTable table, RandomGenerator random) {
        this.self = self;
        this.table = table;
        this.random = random;
    }

    /** Somebody tells of a peer. It is checked if there is room for it. */
    public void offered(Contact contact, Instant now) {
        boolean known = table.find(contact).isPresent();
        Instant until = shunned.get(contact.id());
        if (!known && table.hasRoom(contact) && (until == null || now.isAfter(until))) {
            enqueue(contact);
        }
    }

    /**
     * A peer that says that it serves is connected. It is checked in any case, before those that are only told of; of
     * them the last one gives way, if too many wait.
     */
    public void met(Contact contact) {
        shunned.remove(contact.id());
        if (!contact.id().equals(self)) {
            enqueueFirst(contact);
        }
    }

    /** Somebody says that a peer is gone. One of the table is checked before those that are only told of. */
    public void doubted(PeerId peer) {
        table.find(peer).ifPresent(entry -> enqueueFirst(entry.contact()));
    }

    private void enqueueFirst(Contact contact) {
        if (!checks.contains(contact.id())) {
            waiting.putFirst(contact.id(), contact);
            if (waiting.size() > MAX_WAITING) {
                waiting.pollLastEntry();
            }
        }
    }

    private void enqueue(Contact contact) {
        if (!contact.id().equals(self) && !checks.contains(contact.id()) && waiting.size() < MAX_WAITING) {
            waiting.put(contact.id(), contact);
        }
    }

    /**
     * A peer that was checked, or asked for another reason, has answered.
     *
     * @param contact where it was first of all
     */
    public void checked(Contact contact, Instant now) {
        checks.remove(contact.id());
        waiting.remove(contact.id());
        shunned.remove(contact.id());
        if (table.add(contact, now) == RoutingTable.Place.FULL) {
            challenge(contact, now);
        }
    }

    /** The new peer takes the place of the oldest one of its bucket, if that does not answer. */
    private void challenge(Contact contact, Instant now) {
        table.spare(contact);
        table.oldest(contact.key()).filter(oldest -> oldest.seen().isBefore(now.minus(FRESH)))
                .filter(oldest -> !checks.contains(oldest.contact().id()))
                .ifPresent(oldest -> waiting.put(oldest.contact().id(), oldest.contact()));
    }

    /** A peer that was checked has not answered. */
    public void silent(PeerId peer, Instant now) {
        checks.remove(peer);
        waiting.remove(peer);
        shunned.remove(peer);
        shunned.put(peer, now.plus(SHUNNED));
        if (table.remove(peer)) {
            turnover.left();
            table.takeSpare(KadKey.of(peer)).ifPresent(this::enqueue);
        }
    }

    /** A peer has not answered in a lookup. One of the table gets one more chance. */
    public void missed(PeerId peer, Instant now) {
        Optional<RoutingTable.Entry> entry = table.find(peer);
        if (entry.isEmpty()) {
            shunned.put(peer, now.plus(SHUNNED));
        } else {
            enqueue(entry.get().contact());
        }
    }

    /** A peer does not serve any more. */
    public void left(PeerId peer) {
        waiting.remove(peer);
        if (table.remove(peer)) {
            table.takeSpare(KadKey.of(peer)).ifPresent(this::enqueue);
        }
    }

    /** What is to be done now; call it after each event and every few seconds. */
    public List<UpkeepAction> next(Instant now) {
        turnover.there(table.size(), now);
        for (RoutingTable.Entry entry : table.entries()) {
            if (entry.seen().isBefore(now.minus(STALE))) {
                enqueue(entry.contact());
            }
        }
        List<UpkeepAction> actions = new ArrayList<>();
        while (hasChecks()) {
            Contact contact = waiting.pollFirstEntry().getValue();
            checks.add(contact.id());
            actions.add(new UpkeepAction.Check(contact));
        }
        if (!looking) {
            Optional<UpkeepAction> refresh = refresh(now);
            looking = refresh.isPresent();
            refresh.ifPresent(actions::add);
        }
        return actions;
    }

    /** Whether somebody waits to be checked and could be now. */
    public boolean hasChecks() {
        return checks.size() < MAX_CHECKS && !waiting.isEmpty();
    }

    /** How fast the peers of the table go. */
    public Turnover turnover() {
        return turnover;
    }

    /** The lookup that was asked for has ended. */
    public void refreshed() {
        looking = false;
    }

    /** One lookup at a time: first for this peer itself, then for a random place in each bucket. */
    private Optional<UpkeepAction> refresh(Instant now) {
        if (table.size() == 0) {
            selfLookup = null;
            return Optional.empty();
        }
        if (selfLookup == null || selfLookup.isBefore(now.minus(STALE))) {
            selfLookup = now;
            return Optional.of(new UpkeepAction.Refresh(new Octets(self.toBytes())));
        }
        int deepest = table.byBucket().keySet().stream().max(Integer::compare).orElse(0);
        for (int bucket = 0; bucket <= Math.min(deepest, MAX_REFRESHED); bucket++) {
            if (table.refreshed(bucket).filter(last -> !last.isBefore(now.minus(STALE))).isEmpty()) {
                table.refresh(bucket, now);
                return Optional.of(new UpkeepAction.Refresh(nameIn(bucket)));
            }
        }
        return Optional.empty();
    }

    /** Something whose place is in the bucket; found by trying, 2^15 times on average for the deepest. */
    private Octets nameIn(int bucket) {
        byte[] digest = new byte[32];
        byte[] name;
        do {
            random.nextBytes(digest);
            name = new Multihash(Multihash.SHA2_256, digest).toBytes();
        } while (table.bucket(KadKey.of(name)) != bucket);
        return new Octets(name);
    }

    /** The peers that wait to be checked or are being checked. */
    Set<PeerId> pending() {
        Set<PeerId> all = new HashSet<>(checks);
        all.addAll(waiting.keySet());
        return all;
    }
}
