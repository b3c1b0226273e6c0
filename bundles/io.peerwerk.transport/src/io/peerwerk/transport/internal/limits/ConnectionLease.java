// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/** A connection, or a link that is about to become one. Its streams count in its scope. */
public final class ConnectionLease extends Lease {

    private final Resources resources;
    private final Scope own;
    private volatile @Nullable PeerId peer;

    private ConnectionLease(Resources resources, Kind... kinds) {
        super(kinds);
        this.resources = resources;
        this.own = new Scope("on one connection", resources.limits().connection());
    }

    /** Counts a link that belongs to nobody yet. */
    static ConnectionLease open(Resources resources, boolean incoming, boolean descriptor) throws LimitException {
        Kind kind = incoming ? Kind.CONNECTIONS_IN : Kind.CONNECTIONS_OUT;
        var lease = descriptor ? new ConnectionLease(resources, kind, Kind.DESCRIPTORS)
                : new ConnectionLease(resources, kind);
        lease.move(lease.own, resources.transients(), resources.system());
        if (!lease.reserve(Limits.CONNECTION, Priority.OPENING)) {
            lease.close();
            throw new LimitException("no memory for a connection");
        }
        return lease;
    }

    /**
     * The peer is known: the connection counts as its own, and not as transient any more. To be called once.
     *
     * @throws LimitException if the peer has too much already; nothing has changed then
     */
    public void identified(PeerId id) throws LimitException {
        Scope scope = resources.usePeer(id);
        try {
            synchronized (this) {
                move(own, scope, resources.system());
                peer = id;
            }
        } catch (LimitException e) {
            resources.leavePeer(id);
            throw e;
        }
    }

    /**
     * A stream that the peer has opened; transient until its protocol is known.
     *
     * @throws LimitException if there is no room for it
     */
    public StreamLease openIncoming() throws LimitException {
        return StreamLease.open(resources, this, Kind.STREAMS_IN);
    }

    /**
     * A stream that this end opens; transient until its protocol is set.
     *
     * @throws LimitException if there is no room for it
     */
    public StreamLease openOutgoing() throws LimitException {
        return StreamLease.open(resources, this, Kind.STREAMS_OUT);
    }

    Scope own() {
        return own;
    }

    PeerId peer() throws LimitException {
        PeerId id = peer;
        if (id == null || !isOpen()) {
            throw new LimitException("the connection is not there");
        }
        return id;
    }

    /** The bytes that the connection and all its streams hold. */
    public long total() {
        return own.memory();
    }

    @Override
    void released() {
        PeerId id = peer;
        if (id != null) {
            resources.leavePeer(id);
        }
    }
}
