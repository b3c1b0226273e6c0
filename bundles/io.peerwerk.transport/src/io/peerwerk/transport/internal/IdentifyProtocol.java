// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;

/**
 * {@code /ipfs/id/1.0.0}: the asked peer sends who it is and ends the stream; {@code /ipfs/id/push/1.0.0}: a peer sends
 * the same unasked when something has changed. Each message has its length in front; there may be several, whose fields
 * add up.
 */
final class IdentifyProtocol {

    static final String NAME = "/ipfs/id/1.0.0";
    static final String PUSH = "/ipfs/id/push/1.0.0";

    /** Streams of each that a peer may have under way. */
    static final int MAX_STREAMS = 2;

    /** Streams of each that a peer may open: what it has to say changes seldom, and is said once to each. */
    static final ProtocolTable.Pace PACE = new ProtocolTable.Pace(0.2, 16);

    /** The family of protocols, as identify names it. */
    static final String FAMILY = "peerwerk/0.1.0";

    /** Messages on one stream at most. */
    private static final int MAX_MESSAGES = 10;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(IdentifyProtocol.class);

    private final PublicKey key;
    private final String agent;
    private final Supplier<List<Multiaddr>> addresses;
    private final ProtocolTable protocols;
    private final AddressBook book;

    /**
     * @param key       this peer's key
     * @param agent     the name of this software
     * @param addresses where this peer listens, now
     * @param book      learns where other peers listen
     */
    IdentifyProtocol(PublicKey key, String agent, Supplier<List<Multiaddr>> addresses, ProtocolTable protocols,
            AddressBook book) {
        this.key = key;
        this.agent = agent;
        this.addresses = addresses;
        this.protocols = protocols;
        this.book = book;
    }

    /** Asks the peer of a connection who it is. Only one question at a time: js-libp2p answers no second one. */
    Identification ask(SwitchConnection connection) throws IOException {
        connection.identifying().lock();
        try {
            return askNow(connection);
        } finally {
            connection.identifying().unlock();
        }
    }

    private Identification askNow(Connection connection) throws IOException {
        return Exchange.talk(connection.open(NAME), LIMIT, stream -> {
            IdentifyMessage message = read(stream);
            learn(connection, message);
            return new Identification(connection.peer(), orEmpty(message.agent()), orEmpty(message.protocolVersion()),
                    message.listenAddresses(), Optional.ofNullable(message.observed()), message.protocols());
        });
    }

    /** Tells the peer of a connection that something has changed here. */
    void push(Connection connection) throws IOException {
        try (Stream stream = connection.open(PUSH)) {
            stream.timeout(LIMIT);
            Frames.write(stream.output(), mine(connection).toBytes());
        }
    }

    void serve(Stream stream) throws IOException {
        stream.timeout(LIMIT);
        Frames.write(stream.output(), mine(stream.connection()).toBytes());
    }

    void servePush(Stream stream) throws IOException {
        stream.timeout(LIMIT);
        learn(stream.connection(), read(stream));
    }

    private IdentifyMessage mine(Connection to) {
        List<Multiaddr> listening = addresses.get();
        return new IdentifyMessage(key, listening.subList(0, Math.min(listening.size(), AddressBook.MAX_ADDRESSES)),
                protocols.names(), to.remoteAddress(), FAMILY, agent);
    }

    private static IdentifyMessage read(Stream stream) throws IOException {
        IdentifyMessage all = IdentifyMessage.empty();
        byte[] bytes = Frames.readOrEnd(stream.input(), IdentifyMessage.MAX_LENGTH);
        for (int i = 0; bytes != null; i++) {
            if (i == MAX_MESSAGES) {
                throw new FormatException("more than " + MAX_MESSAGES + " identify messages");
            }
            all = all.with(IdentifyMessage.parse(bytes));
            bytes = Frames.readOrEnd(stream.input(), IdentifyMessage.MAX_LENGTH);
        }
        return all;
    }

    private void learn(Connection connection, IdentifyMessage message) throws FormatException {
        if (message.key() != null && !message.key().toPeerId().equals(connection.peer())) {
            throw new FormatException("the peer names another key than its own");
        }
        LOG.debug("{} listens on {}", connection.peer(), message.listenAddresses());
        book.remember(connection.peer(), message.listenAddresses());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
