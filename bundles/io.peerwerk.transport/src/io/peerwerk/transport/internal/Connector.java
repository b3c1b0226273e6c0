// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;

/** Gives connections with peers: those there are, or new ones. */
final class Connector {

    private final PeerId self;
    private final Reception reception;
    private final Dialer dialer;
    private final AddressBook book;
    private final BulkStreams bulk;

    Connector(PeerId self, Reception reception, Dialer dialer, AddressBook book) {
        this.self = self;
        this.reception = reception;
        this.dialer = dialer;
        this.book = book;
        this.bulk = new BulkStreams(reception, dialer, book);
    }

    /** The live connection to a peer, or a dial of the addresses remembered for it. */
    SwitchConnection connect(PeerId peer) throws IOException {
        return connect(peer, book.known(peer), Dialer.Cause.USE);
    }

    /** The live connection to a peer, or a dial of these addresses. */
    SwitchConnection connect(PeerId peer, Collection<Multiaddr> addresses, Dialer.Cause cause) throws IOException {
        Optional<SwitchConnection> live = reception.connections().find(peer);
        if (live.isPresent()) {
            return live.get();
        }
        checkOpen();
        if (peer.equals(self)) {
            throw new IOException("that is this peer itself");
        }
        SwitchConnection connection = dialer.dial(peer, addresses, cause);
        book.worked(peer, connection.remoteAddress());
        return connection;
    }

    /** A connection to the peer that an address names; a new one to whoever is there if it names none. */
    SwitchConnection connect(Multiaddr address) throws IOException {
        Optional<PeerId> peer = address.peer();
        if (peer.isPresent()) {
            return connect(peer.get(), List.of(address), Dialer.Cause.PERSON);
        }
        checkOpen();
        SwitchConnection connection = dialer.dial(address);
        book.worked(connection.peer(), connection.remoteAddress());
        return connection;
    }

    /** A stream on the connection there is, or on a new one. */
    Stream open(PeerId peer, String protocol) throws IOException {
        return open(peer, connection -> connection.open(protocol));
    }

    /** A stream for bulk data on the fastest of the connections there are, or on a new one. */
    Stream openBulk(PeerId peer, String protocol) throws IOException {
        return open(peer, connection -> bulk.open(connection, protocol));
    }

    @FunctionalInterface
    private interface Opening {
        Stream on(SwitchConnection connection) throws IOException;
    }

    private Stream open(PeerId peer, Opening opening) throws IOException {
        Optional<SwitchConnection> live = reception.connections().find(peer);
        if (live.isPresent()) {
            try {
                return opening.on(live.get());
            } catch (StreamResetException e) {
                if (live.get().isOpen()) {
                    throw e;
                }
            }
        }
        return opening.on(connect(peer));
    }

    /** A connection is over. */
    void closed(SwitchConnection connection) {
        bulk.closed(connection);
    }

    void checkOpen() throws DialException {
        if (reception.isClosed()) {
            throw new DialException("any peer, this host is closed", Map.of());
        }
    }
}
