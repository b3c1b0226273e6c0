// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Where peers were reached, or said that they can be. Of a peer the addresses come in the order of how much is known
 * about them: where it was reached, what it has signed, what was said without a signature, by itself or others.
 *
 * <p>Bounded in both directions: the peers used least recently give way, and of a peer's addresses first those that
 * nobody signed, the oldest first. A record alone makes no entry: it comes over a connection with the peer itself.
 */
final class AddressBook {

    /** Peers that are remembered; at about 100 bytes an address this is a few MB at most. */
    static final int MAX_PEERS = 4096;

    /** Addresses of one peer: a machine with several interfaces, both IP versions and a few transports. */
    static final int MAX_ADDRESSES = 16;

    /** What is known of one peer. An address is in one of the three lists. */
    private static final class Entry {

        private final List<Multiaddr> reached = new ArrayList<>(2);
        private List<Multiaddr> signed = List.of();
        private final List<Multiaddr> said = new ArrayList<>(2);
        private boolean hasRecord;
        private long sequence;

        private Stream<Multiaddr> all() {
            return Stream.of(reached, signed, said).flatMap(List::stream);
        }

        private void say(Multiaddr address) {
            if (all().noneMatch(address::equals)) {
                said.add(address);
            }
            bound();
        }

        private void reach(Multiaddr address) {
            reached.remove(address);
            said.remove(address);
            signed = signed.stream().filter(a -> !a.equals(address)).toList();
            reached.addFirst(address);
            bound();
        }

        private boolean sign(PeerRecord record) {
            if (hasRecord && !record.isNewerThan(sequence)) {
                return record.sequence() == sequence;
            }
            hasRecord = true;
            sequence = record.sequence();
            signed = record.addresses().stream().filter(a -> !reached.contains(a)).limit(MAX_ADDRESSES).toList();
            said.removeAll(signed);
            bound();
            return true;
        }

        private void bound() {
            while (reached.size() + signed.size() + said.size() > MAX_ADDRESSES) {
                if (!said.isEmpty()) {
                    said.removeFirst();
                } else if (reached.size() > 1) {
                    reached.removeLast();
                } else {
                    signed = signed.subList(0, signed.size() - 1);
                }
            }
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<PeerId, Entry> peers = new LinkedHashMap<>(16, 0.75f, true);

    /** Adds addresses behind those that are known. */
    void remember(PeerId peer, Collection<Multiaddr> addresses) {
        lock.lock();
        try {
            Entry entry = entry(peer);
            addresses.forEach(address -> entry.say(address.withoutPeer()));
        } finally {
            lock.unlock();
        }
    }

    /** Puts an address in front. */
    void worked(PeerId peer, Multiaddr address) {
        lock.lock();
        try {
            entry(peer).reach(address.withoutPeer());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the addresses of a record, which the caller has from the peer itself, in place of those of an older one.
     *
     * @return whether it was taken, or known already; false if a newer one is known
     */
    boolean certify(PeerRecord record) {
        lock.lock();
        try {
            return entry(record.peer()).sign(record);
        } finally {
            lock.unlock();
        }
    }

    List<Multiaddr> known(PeerId peer) {
        lock.lock();
        try {
            Entry known = peers.get(peer);
            return known == null ? List.of() : known.all().toList();
        } finally {
            lock.unlock();
        }
    }

    private Entry entry(PeerId peer) {
        Entry known = peers.computeIfAbsent(peer, p -> new Entry());
        if (peers.size() > MAX_PEERS) {
            Map.Entry<PeerId, Entry> eldest = peers.entrySet().iterator().next();
            peers.remove(eldest.getKey());
        }
        return known;
    }
}
