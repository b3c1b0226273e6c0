// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;

/**
 * The side that wants blocks.
 *
 * <pre>
 *   wanted ──▶ a peer that has sent blocks before, with room in its window? ──▶ asked to send it
 *        └──▶ else all are asked who has it ──HAVE──▶ the least busy that has it is asked to send it
 *                     ▲                                  │
 *                     └── nobody left ◀── the next one ◀─┴─ says that it has not, lets it wait, or leaves
 * </pre>
 *
 * <p>Peers of older versions cannot be asked who has it; they are asked to send it, one after the other, after those
 * that say they have it. A peer that lets a block wait keeps being told that it is wanted, so that it may still come
 * from there. What is remembered of peers is about blocks that are wanted here, and ends with the want or the peer.
 *
 * <p>Blocks are told apart by their hash, so that it does not matter with which version of CID a peer sends them. Times
 * are nanoseconds of any origin. Does no I/O; not thread-safe.
 */
public final class Session {

    private static final int MOST_DOUBLED = 4;

    private final SessionOptions options;
    private final RandomGenerator random;
    private final Map<PeerId, Supplier> suppliers = new LinkedHashMap<>();
    private final Map<Multihash, Quest> quests = new LinkedHashMap<>();
    /** Those of the quests that nobody has been asked to send. */
    private final Set<Quest> idle = new LinkedHashSet<>();
    /** What is not sought any more, and those that may still send it since they were told that it is. */
    private final Map<Multihash, Set<PeerId>> recent;
    private final Map<PeerId, List<WantEntry>> entries = new LinkedHashMap<>();
    private List<SessionAction> actions = new ArrayList<>();
    private SessionFigures figures = SessionFigures.NONE;

    /** @param random for the order in which peers are asked */
    public Session(SessionOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        recent = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Multihash, Set<PeerId>> eldest) {
                return size() > options.recent();
            }
        };
    }

    // ---- what happens

    /** A peer that speaks the protocol is connected. It is told what nobody has been found for. */
    public List<SessionAction> joined(PeerId peer, Version version, long now) {
        if (!suppliers.containsKey(peer)) {
            var supplier = new Supplier(peer, version);
            supplier.progress = now;
            suppliers.put(peer, supplier);
            for (Quest quest : List.copyOf(idle)) {
                ask(quest, supplier);
                seek(quest, now);
            }
        }
        return acted(Optional.of(peer));
    }

    /** A peer has gone, or takes nothing: others are asked for what it was to send. */
    public List<SessionAction> left(PeerId peer, long now) {
        Supplier supplier = suppliers.remove(peer);
        if (supplier != null) {
            for (Quest quest : List.copyOf(quests.values())) {
                quest.told.remove(supplier);
                quest.holders.remove(supplier);
                quest.exhausted.remove(supplier);
                if (quest.sender == supplier) {
                    free(quest);
                    seekOrAsk(quest, now);
                }
            }
        }
        return acted();
    }

    /** Blocks are wanted; each call for a block is taken back by one of {@link #unwant}, or by its coming. */
    public List<SessionAction> want(Collection<Cid> cids, long now) {
        for (Cid cid : cids) {
            Quest quest = quests.get(cid.hash());
            if (quest != null) {
                quest.callers++;
            } else {
                quest = new Quest(cid);
                quests.put(cid.hash(), quest);
                quest.again = now + options.again().toNanos();
                idle.add(quest);
                seekOrAsk(quest, now);
            }
        }
        return acted();
    }

    /** Somebody does not want a block any more; nothing happens if it has come. */
    public List<SessionAction> unwant(Cid cid, long now) {
        Quest quest = quests.get(cid.hash());
        if (quest != null && --quest.callers == 0) {
            end(quest, Optional.empty());
            fill(now);
        }
        return acted();
    }

    /** A message has come. */
    public List<SessionAction> receive(PeerId peer, Delivery delivery, long now) {
        Supplier supplier = suppliers.get(peer);
        if (supplier == null) {
            figures = figures.plus(0, 0, (long) delivery.blocks().size() + delivery.presences().size(),
                    delivery.unchecked());
            return List.of();
        }
        figures = figures.plus(0, 0, 0, delivery.unchecked());
        supplier.offences += delivery.unchecked();
        delivery.blocks().forEach(block -> take(supplier, block, now));
        delivery.presences().forEach(presence -> hear(supplier, presence, now));
        fill(now);
        if (supplier.offences > options.tolerance()) {
            supplier.offences = 0;
            actions.add(new SessionAction.Distrust(peer, "sends blocks that nobody asked for"));
        }
        return acted();
    }

    /** Time has passed. Called several times while {@link SessionOptions#patience} passes. */
    public List<SessionAction> tick(long now) {
        for (Quest quest : List.copyOf(quests.values())) {
            Supplier sender = quest.sender;
            if (sender != null && Math.min(now - quest.since, now - sender.progress) > options.patience().toNanos()) {
                figures = figures.timedOut();
                sender.failures = Math.min(sender.failures + 1, 1000);
                quest.exhausted.add(sender);
                free(quest);
                seekOrAsk(quest, now);
            } else if (sender == null && now - quest.again >= 0) {
                askAgain(quest, now);
            }
        }
        return acted();
    }

    // ---- blocks and answers

    private void take(Supplier from, Block block, long now) {
        Multihash hash = block.cid().hash();
        Quest quest = quests.get(hash);
        if (quest == null) {
            unwanted(from, hash);
            return;
        }
        figures = figures.plus(1, 0, 0, 0);
        from.delivers(now);
        end(quest, Optional.of(from));
        actions.add(new SessionAction.Deliver(new Block(quest.cid, block.data())));
    }

    /** A block that comes late is no offence, once, of one that was told that it was wanted. */
    private void unwanted(Supplier from, Multihash hash) {
        Set<PeerId> late = recent.get(hash);
        figures = late != null ? figures.plus(0, 1, 0, 0) : figures.plus(0, 0, 1, 0);
        if (late == null || !late.remove(from.peer)) {
            from.offences++;
        }
    }

    private void hear(Supplier from, Presence presence, long now) {
        Quest quest = quests.get(presence.cid().hash());
        if (quest == null || !quest.told.containsKey(from)) {
            figures = figures.plus(0, 0, recent.containsKey(presence.cid().hash()) ? 0 : 1, 0);
        } else if (presence.have()) {
            if (quest.sender != from) {
                quest.holders.add(from);
                quest.exhausted.remove(from);
            }
            seek(quest, now);
        } else {
            quest.holders.remove(from);
            quest.exhausted.add(from);
            if (quest.sender == from) {
                free(quest);
            }
            seekOrAsk(quest, now);
        }
    }

    // ---- whom to ask

    /** Asks somebody to send the block, or else everybody who has it. */
    private void seekOrAsk(Quest quest, long now) {
        seek(quest, now);
        if (quest.sender == null && quest.rounds == 0 && !isForeseen(quest)) {
            askAll(quest, now);
        }
    }

    /** Whether somebody is likely to have it, and is only busy. */
    private boolean isForeseen(Quest quest) {
        return suppliers.values().stream().anyMatch(supplier -> supplier.proven && !quest.exhausted.contains(supplier));
    }

    private void seek(Quest quest, long now) {
        if (quest.sender != null) {
            return;
        }
        candidate(quest).ifPresent(best -> {
            if (best.sending == 0) {
                best.progress = now;
            }
            quest.sender = best;
            quest.since = now;
            best.sending++;
            idle.remove(quest);
            tell(quest, best, WantEntry.Kind.BLOCK);
        });
    }

    /** The least busy of those that say they have it; else of those that had others; else one that cannot say. */
    private Optional<Supplier> candidate(Quest quest) {
        Optional<Supplier> holder = best(quest, quest.holders);
        if (holder.isPresent() || !quest.holders.isEmpty() && !quest.exhausted.containsAll(quest.holders)) {
            return holder; // where all that have it are busy it waits for one of them
        }
        List<Supplier> proven = suppliers.values().stream().filter(supplier -> supplier.proven).toList();
        return best(quest, proven).or(() -> best(quest, suppliers.values().stream()
                .filter(supplier -> !supplier.version.hasPresences()).toList()));
    }

    private Optional<Supplier> best(Quest quest, Collection<Supplier> among) {
        return among.stream()
                .filter(supplier -> supplier.sending < options.window() && !quest.exhausted.contains(supplier))
                .filter(supplier -> quest.told.containsKey(supplier) || supplier.told < options.wantsAtPeer())
                .min(Comparator.comparingLong(Supplier::load));
    }

    private void askAll(Quest quest, long now) {
        quest.again = now + (options.again().toNanos() << Math.min(quest.rounds, MOST_DOUBLED));
        quest.rounds++;
        List<Supplier> all = new ArrayList<>(suppliers.values());
        Collections.shuffle(all, random);
        all.forEach(supplier -> ask(quest, supplier));
    }

    /** Some may have got it meanwhile, or forgotten that it is wanted. */
    private void askAgain(Quest quest, long now) {
        quest.exhausted.clear();
        forget(quest, Optional.empty());
        quest.told.clear();
        askAll(quest, now); // before one of them is asked to send it, who may not have it: then the others have been heard
        seek(quest, now);
    }

    private void ask(Quest quest, Supplier supplier) {
        if (supplier.version.hasPresences() && !quest.told.containsKey(supplier)
                && quest.told.size() < options.asked() && supplier.told < options.wantsAtPeer()) {
            tell(quest, supplier, WantEntry.Kind.HAVE);
        }
    }

    private void tell(Quest quest, Supplier supplier, WantEntry.Kind kind) {
        if (quest.told.put(supplier, kind) == null) {
            supplier.told++;
        }
        say(supplier, new WantEntry(quest.cid, kind, 1, true));
    }

    private void say(Supplier supplier, WantEntry entry) {
        entries.computeIfAbsent(supplier.peer, p -> new ArrayList<>()).add(entry);
    }

    /** The sender has room for another one. */
    private void free(Quest quest) {
        quest.release();
        idle.add(quest);
    }

    /** Windows have room: for those that wait longest. */
    private void fill(long now) {
        for (Quest quest : List.copyOf(idle)) {
            if (suppliers.values().stream().noneMatch(supplier -> supplier.sending < options.window())) {
                return;
            }
            seekOrAsk(quest, now);
        }
    }

    private void end(Quest quest, Optional<Supplier> from) {
        quests.remove(quest.cid.hash());
        idle.remove(quest);
        quest.release();
        Set<PeerId> late = new HashSet<>();
        quest.told.keySet().forEach(supplier -> late.add(supplier.peer));
        from.ifPresent(sender -> late.remove(sender.peer));
        recent.put(quest.cid.hash(), late);
        forget(quest, from);
    }

    /** Takes back what peers were told, but for the one that has answered. */
    private void forget(Quest quest, Optional<Supplier> answered) {
        quest.told.keySet().forEach(supplier -> {
            supplier.told--;
            if (answered.filter(sender -> sender == supplier).isEmpty()) {
                say(supplier, WantEntry.cancel(quest.cid));
            }
        });
    }

    // ---- what to do

    private List<SessionAction> acted() {
        return acted(Optional.empty());
    }

    /** @param fresh the peer that knows nothing yet, if any */
    private List<SessionAction> acted(Optional<PeerId> fresh) {
        entries.forEach((peer, said) ->
                actions.add(new SessionAction.Tell(peer, fresh.equals(Optional.of(peer)), List.copyOf(said))));
        entries.clear();
        List<SessionAction> all = actions;
        actions = new ArrayList<>();
        return all;
    }

    /** Blocks that are sought. */
    public int wants() {
        return quests.size();
    }

    /** What is wanted now. */
    public List<Cid> wanted() {
        return quests.values().stream().map(quest -> quest.cid).toList();
    }

    /** What came so far. */
    public SessionFigures figures() {
        return figures;
    }
}
