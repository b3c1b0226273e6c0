// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Where peers were reached, or said that they can be. Bounded in both directions: the peers used least recently give
 * way, and of a peer's addresses the oldest.
 */
final class AddressBook {

    /** Peers that are remembered; at about 100 bytes an address this is a few MB at most. */
    static final int MAX_PEERS = 4096;

    /** Addresses of one peer: a machine with several interfaces, both IP versions and a few transports. */
    static final int MAX_ADDRESSES = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<PeerId, List<Multiaddr>> peers = new LinkedHashMap<>(16, 0.75f, true);

    /** Adds addresses behind those that are known. */
    void remember(PeerId peer, Collection<Multiaddr> addresses) {
        lock.lock();
        try {
            List<Multiaddr> known = entry(peer);
            for (Multiaddr address : addresses) {
                Multiaddr plain = address.withoutPeer();
                if (!known.contains(plain)) {
                    known.add(plain);
                }
                if (known.size() > MAX_ADDRESSES) {
                    known.remove(1);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts an address in front. */
    void worked(PeerId peer, Multiaddr address) {
        lock.lock();
        try {
            List<Multiaddr> known = entry(peer);
            Multiaddr plain = address.withoutPeer();
            known.remove(plain);
            known.addFirst(plain);
            if (known.size() > MAX_ADDRESSES) {
                known.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    List<Multiaddr> known(PeerId peer) {
        lock.lock();
        try {
            List<Multiaddr> known = peers.get(peer);
            return known == null ? List.of() : List.copyOf(known);
        } finally {
            lock.unlock();
        }
    }

    private List<Multiaddr> entry(PeerId peer) {
        List<Multiaddr> known = peers.computeIfAbsent(peer, p -> new ArrayList<>());
        if (peers.size() > MAX_PEERS) {
            Map.Entry<PeerId, List<Multiaddr>> eldest = peers.entrySet().iterator().next();
            peers.remove(eldest.getKey());
        }
        return known;
    }
}
