// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.wire.Sealed;
import io.peerwerk.transport.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to peers that a trusted neighbour has named, a few at a time. */
final class Introductions implements AutoCloseable {

    /** Dials under way, and peers that wait for theirs. */
    private static final int AT_ONCE = 8;
    private static final int MAX_PENDING = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);

    private final Host host;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Set<PeerId> pending = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Introductions(Host host) {
        this.host = host;
    }

    /** Does not wait; a peer that is one too many is forgotten. */
    void connect(PeerId peer, Sealed addresses) {
        if (closed || host.connection(peer).isPresent() || pending.size() >= MAX_PENDING || !pending.add(peer)) {
            return;
        }
        Thread.ofVirtual().name("pubsub-meets-" + peer.brief()).start(() -> {
            threads.add(Thread.currentThread());
            try {
                places.acquire();
                dial(peer, addresses);
            } catch (InterruptedException e) {
                LOG.trace("interrupted", e);
            } finally {
                threads.remove(Thread.currentThread());
                pending.remove(peer);
            }
        });
    }

    /** Peers that are dialled or wait for it. */
    int pending() {
        return pending.size();
    }

    /** Ends what is under way, and begins nothing any more. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    private void dial(PeerId peer, Sealed addresses) {
        try {
            List<Multiaddr> where = addresses.isEmpty() ? host.known(peer) : open(peer, addresses);
            if (!where.isEmpty() && !closed) { // those that end make room for others, which end as well
                host.connect(peer, where);
            }
        } catch (IOException e) {
            LOG.debug("cannot meet {}: {}", peer.brief(), e.getMessage());
        } finally {
            places.release();
        }
    }

    private static List<Multiaddr> open(PeerId peer, Sealed addresses) throws FormatException {
        PeerRecord record = PeerRecord.open(addresses.bytes());
        if (!record.peer().equals(peer)) {
            throw new FormatException("the addresses are those of another peer");
        }
        return record.addresses();
    }
}
