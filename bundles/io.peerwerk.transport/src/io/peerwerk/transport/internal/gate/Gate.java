// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Link;

/** Lets links in, and peers, and dials out, by rules that can change. Safe for use by any thread. */
public final class Gate {

    private static final Registration UNCOUNTED = () -> { };

    private final ReentrantLock lock = new ReentrantLock();
    private final Crowd crowd;
    private volatile Rules rules;

    /** @param now the time in nanoseconds of any origin */
    public Gate(Rules rules, long now) {
        this.rules = rules;
        this.crowd = new Crowd(rules.caps(), now);
    }

    /** Other rules, for all that is asked from now on. */
    public void rules(Rules other, long now) {
        lock.lock();
        try {
            rules = other;
            crowd.caps(other.caps(), now);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A link has come.
     *
     * @return to be closed when the link is gone
     * @throws RefusedException if it is not let in
     */
    public Registration enter(Multiaddr from, long now) throws RefusedException {
        InetAddress address = ip(from);
        if (address == null) {
            return UNCOUNTED;
        }
        Rules current = rules;
        if (current.deny().has(address)) {
            throw new RefusedException("its address is denied");
        }
        if (!current.allow().isEmpty() && !current.allow().namesPeers() && !current.allow().has(address)) {
            throw new RefusedException("its address is not among those allowed");
        }
        return current.trusted().has(address) ? UNCOUNTED : count(address, now);
    }

    private Registration count(InetAddress address, long now) throws RefusedException {
        lock.lock();
        try {
            String refusal = crowd.enter(address, now);
            if (refusal != null) {
                throw new RefusedException(refusal);
            }
        } finally {
            lock.unlock();
        }
        return Registration.of(() -> leave(address));
    }

    private void leave(InetAddress address) {
        lock.lock();
        try {
            crowd.leave(address);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a peer at an address may be connected with; for dials, before the peer is known, without it.
     *
     * @throws RefusedException if not
     */
    public void check(Optional<PeerId> peer, Multiaddr at) throws RefusedException {
        Rules current = rules;
        InetAddress address = ip(at);
        if (peer.isPresent() && current.deny().has(peer.get())) {
            throw new RefusedException("the peer is denied");
        }
        if (address != null && current.deny().has(address)) {
            throw new RefusedException("the address is denied");
        }
        boolean allowed = current.allow().isEmpty() || address != null && current.allow().has(address)
                || peer.map(current.allow()::has).orElse(current.allow().namesPeers());
        if (!allowed) {
            throw new RefusedException("it is not among those allowed");
        }
    }

    /** Networks that links are counted for. */
    int counted() {
        lock.lock();
        try {
            return crowd.size();
        } finally {
            lock.unlock();
        }
    }

    /** Where a link really leads: what a name stood for when it was dialled. */
    public static Multiaddr reached(Link link) {
        Multiaddr named = link.remoteAddress();
        boolean isName = named.socketAddress().map(InetSocketAddress::isUnresolved).orElse(false);
        return isName && link.channel().remoteAddress() instanceof InetSocketAddress socket ? named.withSocket(socket)
                : named;
    }

    /** The address of the machine at the other end; null if there is none or it is a relay's. */
    private static @Nullable InetAddress ip(Multiaddr address) {
        return address.has(Protocol.P2P_CIRCUIT) ? null
                : address.socketAddress().map(socket -> socket.getAddress()).orElse(null);
    }
}
