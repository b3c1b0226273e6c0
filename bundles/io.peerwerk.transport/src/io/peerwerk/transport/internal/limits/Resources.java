// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.peerwerk.core.identity.PeerId;

/** What a host holds, and where it counts. Scopes of peers and protocols live as long as something counts in them. */
public final class Resources {

    private record PeerProtocol(PeerId peer, String protocol) {
    }

    private volatile Limits limits;
    private final Scope system;
    private final Scope transients;
    private final ConcurrentHashMap<PeerId, Scope> peers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Scope> protocols = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<PeerProtocol, Scope> peerProtocols = new ConcurrentHashMap<>();

    /** Nothing is held yet. */
    public Resources(Limits limits) {
        this.limits = limits;
        this.system = new Scope("on this host", limits.system());
        this.transients = new Scope("at the door of this host", limits.transients());
    }

    /**
     * A link that has come or is about to be made.
     *
     * @param incoming   whether the peer has dialled
     * @param descriptor whether it takes a file descriptor of its own
     * @throws LimitException if there is no room for it
     */
    public ConnectionLease open(boolean incoming, boolean descriptor) throws LimitException {
        return ConnectionLease.open(this, incoming, descriptor);
    }

    /** The limits that hold. */
    public Limits limits() {
        return limits;
    }

    /** Other limits from now on; what is held already stays, and so do the limits of connections that are open. */
    public void change(Limits other) {
        limits = other;
        system.limit(other.system());
        transients.limit(other.transients());
        peers.values().forEach(scope -> scope.limit(other.peer()));
        protocols.values().forEach(scope -> scope.limit(other.protocol()));
    }

    /** What is held now. */
    public Usage usage() {
        return new Usage(system.memory(), system.count(Kind.STREAMS_IN) + system.count(Kind.STREAMS_OUT),
                system.count(Kind.CONNECTIONS_IN) + system.count(Kind.CONNECTIONS_OUT), system.count(Kind.DESCRIPTORS),
                transients.memory(), peers.size());
    }

    /**
     * What is held at a moment.
     *
     * @param memory      bytes
     * @param transientMemory bytes of those who are not known yet
     * @param peers       peers that something is held for
     */
    public record Usage(long memory, int streams, int connections, int descriptors, long transientMemory, int peers) {
    }

    Scope system() {
        return system;
    }

    Scope transients() {
        return transients;
    }

    Scope usePeer(PeerId peer) {
        return use(peers, peer, () -> new Scope("with one peer", limits.peer()));
    }

    void leavePeer(PeerId peer) {
        leave(peers, peer);
    }

    Scope useProtocol(String protocol) {
        return use(protocols, protocol, () -> new Scope("of " + protocol, limits.protocol()));
    }

    /** The number of streams holds for incoming ones; this end limits its own elsewhere. */
    Scope useProtocol(PeerId peer, String protocol, int streams) {
        Limit limit = limits.peerProtocol().streams(streams, Limit.ANY, Limit.ANY);
        Scope scope = use(peerProtocols, new PeerProtocol(peer, protocol),
                () -> new Scope("of " + protocol + " with one peer", limit));
        if (streams != Limit.ANY) {
            scope.limit(limit);
        }
        return scope;
    }

    void leaveProtocol(PeerId peer, String protocol) {
        leave(protocols, protocol);
        leave(peerProtocols, new PeerProtocol(peer, protocol));
    }

    private static <K> Scope use(ConcurrentHashMap<K, Scope> table, K key, Supplier<Scope> fresh) {
        return table.compute(key, (k, there) -> {
            Scope scope = there == null ? fresh.get() : there;
            scope.use();
            return scope;
        });
    }

    private static <K> void leave(ConcurrentHashMap<K, Scope> table, K key) {
        table.computeIfPresent(key, (k, scope) -> scope.release() ? null : scope);
    }
}
