// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.wire.KadCodec;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;

/** Asks peers over the host's streams, one question a stream. Thread-safe; calls block. */
final class Questions {

    private final Host host;
    private final String protocol;

    Questions(Host host, String protocol) {
        this.host = host;
        this.protocol = protocol;
    }

    /**
     * Asks a peer and waits for the answer. The stream is closed after that: js-libp2p resets one whose other end closes
     * while it waits for the next question, and the answer may be lost with it.
     *
     * @param timeout the longest wait for each step; who must not wait longer for all of them interrupts
     */
    Reply ask(Contact peer, KadMessage question, Duration timeout) throws IOException {
        Connection connection = connect(peer);
        KadMessage answer = Exchange.talk(connection.open(protocol), timeout, stream -> {
            Frames.write(stream.output(), KadCodec.encode(question));
            stream.output().flush();
            return KadCodec.decodeAnswer(Frames.read(stream.input(), KadCodec.maxAnswer(question.type())), question.type());
        });
        Optional<Multiaddr> from = connection.relayed() ? Optional.empty() : Optional.of(connection.remoteAddress());
        return new Reply(answer, from, entry(connection, peer.addresses()));
    }

    /**
     * Tells a peer something that has no answer. A ping behind it shows that it was taken: one who refuses it resets the
     * stream, one who has no pings closes it.
     *
     * @param timeout the longest wait for each step
     */
    void tell(Contact peer, KadMessage news, Duration timeout) throws IOException {
        Exchange.talk(connect(peer).open(protocol), timeout, stream -> {
            Frames.write(stream.output(), KadCodec.encode(news));
            Frames.write(stream.output(), KadCodec.encode(KadMessage.of(KadType.PING, Octets.NONE)));
            stream.output().flush();
            return Frames.readOrEnd(stream.input(), KadCodec.MAX_ANSWER);
        });
    }

    private Connection connect(Contact peer) throws IOException {
        Optional<Connection> live = host.connection(peer.id());
        if (live.isPresent()) {
            return live.get();
        }
        return host.connect(peer.id(), peer.addresses().isEmpty() ? host.known(peer.id()) : peer.addresses());
    }

    /** Where the peer can be dialled, as far as the connection proves it. */
    static Optional<Multiaddr> entry(Connection connection, Collection<Multiaddr> claimed) {
        if (connection.relayed()) {
            return Optional.empty();
        }
        if (connection.initiator()) {
            return Optional.of(connection.remoteAddress());
        }
        Optional<InetAddress> ip = ip(connection.remoteAddress());
        return Stream.concat(connection.identification().map(Identification::listenAddresses).stream().flatMap(Collection::stream),
                        claimed.stream())
                .filter(address -> ip.isPresent() && ip(address).equals(ip)).map(Multiaddr::withoutPeer).findFirst();
    }

    /** No name is looked up. */
    private static Optional<InetAddress> ip(Multiaddr address) {
        return address.socketAddress().map(InetSocketAddress::getAddress);
    }
}
