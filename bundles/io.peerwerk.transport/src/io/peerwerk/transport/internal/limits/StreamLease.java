// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;

/** A stream. It may outlive its connection while somebody still reads what has come. */
public final class StreamLease extends Lease {

    private final Resources resources;
    private final Scope own;
    private final Scope connection;
    private final PeerId peer;
    private final Scope peerScope;
    private volatile @Nullable String protocol;

    private StreamLease(Resources resources, ConnectionLease connection, Kind kind) throws LimitException {
        super(kind);
        this.resources = resources;
        this.own = new Scope("on one stream", resources.limits().stream());
        this.connection = connection.own();
        this.peer = connection.peer();
        this.peerScope = resources.usePeer(peer);
    }

    static StreamLease open(Resources resources, ConnectionLease connection, Kind kind) throws LimitException {
        var lease = new StreamLease(resources, connection, kind);
        try {
            lease.move(lease.own, lease.connection, lease.peerScope, resources.transients(), resources.system());
        } catch (LimitException e) {
            lease.close();
            throw e;
        }
        if (!lease.reserve(Limits.STREAM, Priority.OPENING)) {
            lease.close();
            throw new LimitException("no memory for a stream");
        }
        return lease;
    }

    /**
     * The protocol is known: the stream counts as one of it, and not as transient any more. To be called once.
     *
     * @param perPeer streams of the protocol that one peer may have
     * @throws LimitException if there are too many; nothing has changed then
     */
    public void agreed(String name, int perPeer) throws LimitException {
        Scope all = resources.useProtocol(name);
        Scope ofPeer = resources.useProtocol(peer, name, perPeer);
        try {
            synchronized (this) {
                move(own, connection, peerScope, ofPeer, all, resources.system());
                protocol = name;
            }
        } catch (LimitException e) {
            resources.leaveProtocol(peer, name);
            throw e;
        }
    }

    @Override
    void released() {
        resources.leavePeer(peer);
        String name = protocol;
        if (name != null) {
            resources.leaveProtocol(peer, name);
        }
    }
}
