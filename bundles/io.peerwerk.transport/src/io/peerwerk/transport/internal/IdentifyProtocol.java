// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.IdentifyState.Self;

/**
 * {@code /ipfs/id/1.0.0}: the asked peer sends who it is and ends the stream; {@code /ipfs/id/push/1.0.0}: a peer sends
 * the same unasked when something has changed. Each message has its length in front; there may be several, whose fields
 * add up.
 *
 * <p>The addresses come twice, plain and in a record that the peer has sealed. Where the record is valid, its addresses
 * are the ones that count. A record that is not signed by the peer of the connection refuses the whole exchange; one
 * that is older than another is passed over.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">libp2p: identify</a>
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

    /** Bytes of all messages of one exchange at most: what is said is kept for as long as the connection lives. */
    static final int MAX_TOTAL = 32 * 1024;

    /** Bytes of all addresses that are sent at most, so that their record fits into one message. */
    private static final int MAX_OWN_ADDRESSES = 3 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(IdentifyProtocol.class);

    /**
     * What this peer says about itself.
     *
     * @param key       its key
     * @param agent     the name of this software
     * @param addresses where it is reached, now; the most useful ones first
     * @param protocols what it speaks
     * @param record    signs the addresses
     */
    record Mine(PublicKey key, String agent, Supplier<List<Multiaddr>> addresses, ProtocolTable protocols,
            OwnRecord record) {
    }

    /** Hears where a peer sees this one. */
    @FunctionalInterface
    interface Observer {
        void seen(SwitchConnection connection, Multiaddr at);
    }

    private final Mine mine;
    private final AddressBook book;
    private final Observer observer;
    private final Consumer<SwitchConnection> said;
    /** What was said last, so that all connections remember the same object. */
    private volatile @Nullable Self last;

    /**
     * @param book learns where other peers are reached
     * @param said called when a peer has said something about itself
     */
    IdentifyProtocol(Mine mine, AddressBook book, Observer observer, Consumer<SwitchConnection> said) {
        this.mine = mine;
        this.book = book;
        this.observer = observer;
        this.said = said;
    }

    /** Asks the peer of a connection who it is. Only one question at a time: js-libp2p answers no second one. */
    Identification ask(SwitchConnection connection) throws IOException {
        connection.identify().asking.lock();
        try {
            return Exchange.talk(connection.open(NAME), LIMIT, stream -> learn(connection, read(stream), null));
        } finally {
            connection.identify().asking.unlock();
        }
    }

    /**
     * Tells the peer of a connection what has changed here since it has asked, if it has and anything has. Where telling takes
     * long, one call waits to tell the latest, and others leave it to that one.
     */
    void push(SwitchConnection connection) throws IOException {
        IdentifyState state = connection.identify();
        if (state.telling.hasQueuedThreads()) {
            return;
        }
        state.telling.lock();
        try {
            Self self = self();
            if (state.isOutdated(self) && state.maySpeak(PUSH)) {
                Exchange.talk(connection.open(PUSH), LIMIT, stream -> tell(stream, connection, self));
            }
        } finally {
            state.telling.unlock();
        }
    }

    void serve(Stream stream) throws IOException {
        stream.timeout(LIMIT);
        tell(stream, (SwitchConnection) stream.connection(), self());
    }

    void servePush(Stream stream) throws IOException {
        stream.timeout(LIMIT);
        var connection = (SwitchConnection) stream.connection();
        learn(connection, read(stream), connection.identify().said().orElse(null));
    }

    private Self self() {
        var addresses = new ArrayList<Multiaddr>();
        int room = MAX_OWN_ADDRESSES;
        for (Multiaddr address : mine.addresses().get()) {
            int length = address.toBytes().length;
            if (addresses.size() < AddressBook.MAX_ADDRESSES && length <= room) {
                addresses.add(address);
                room -= length;
            }
        }
        var self = new Self(addresses, mine.protocols().names());
        Self before = last;
        if (self.equals(before)) {
            return before;
        }
        last = self;
        return self;
    }

    private Void tell(Stream stream, SwitchConnection connection, Self self) throws IOException {
        var message = new IdentifyMessage(mine.key(), self.addresses(), self.protocols(), connection.remoteAddress(),
                FAMILY, mine.agent(), mine.record().sealed(self.addresses()));
        for (IdentifyMessage part : message.split()) {
            Frames.write(stream.output(), part.toBytes());
        }
        stream.output().close();
        connection.identify().told(self);
        return null;
    }

    private static IdentifyMessage read(Stream stream) throws IOException {
        IdentifyMessage all = IdentifyMessage.empty();
        byte[] bytes = Frames.readOrEnd(stream.input(), IdentifyMessage.MAX_LENGTH);
        int total = 0;
        for (int i = 0; bytes != null; i++) {
            total += bytes.length;
            if (i == IdentifyMessage.MAX_MESSAGES || total > MAX_TOTAL) {
                throw new FormatException("identify says more than " + IdentifyMessage.MAX_MESSAGES + " messages of "
                        + MAX_TOTAL + " bytes together");
            }
            all = all.with(IdentifyMessage.parse(bytes));
            bytes = Frames.readOrEnd(stream.input(), IdentifyMessage.MAX_LENGTH);
        }
        return all;
    }

    /** @param before what the peer said before, which holds where it says nothing else */
    private Identification learn(SwitchConnection connection, IdentifyMessage message, @Nullable Identification before)
            throws FormatException {
        PeerId peer = connection.peer();
        if (message.key() != null && !message.key().toPeerId().equals(peer)) {
            throw new FormatException("the peer names another key than its own");
        }
        Optional<List<Multiaddr>> signed = signed(peer, message);
        List<Multiaddr> addresses = signed.orElse(message.listenAddresses());
        if (signed.isEmpty()) {
            book.remember(peer, addresses);
        }
        if (message.observed() != null) {
            observer.seen(connection, message.observed());
        }
        LOG.debug("{} listens on {}", peer, addresses);
        var now = new Identification(peer, orEmpty(message.agent()), orEmpty(message.protocolVersion()), addresses,
                Optional.ofNullable(message.observed()),
                message.protocols().stream().map(mine.protocols()::shared).toList(), signed.isPresent());
        Identification all = before == null ? now : filled(now, before);
        connection.identify().said(all);
        said.accept(connection);
        return all;
    }

    /** The addresses in the record of the peer, which are certain to be its own words; empty without a fresh one. */
    private Optional<List<Multiaddr>> signed(PeerId peer, IdentifyMessage message) throws FormatException {
        Optional<byte[]> envelope = message.envelope();
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        PeerRecord record = PeerRecord.open(envelope.get());
        if (!record.peer().equals(peer)) {
            throw new FormatException("the peer sends a record of another one, " + record.peer());
        }
        if (!book.certify(record)) {
            LOG.debug("{} sends an old record", peer);
            return Optional.empty();
        }
        return Optional.of(record.addresses());
    }

    private static Identification filled(Identification said, Identification before) {
        boolean places = said.signed() || !said.listenAddresses().isEmpty();
        return new Identification(said.peer(), said.agent().isEmpty() ? before.agent() : said.agent(),
                said.protocolVersion().isEmpty() ? before.protocolVersion() : said.protocolVersion(),
                places ? said.listenAddresses() : before.listenAddresses(),
                said.observedAddress().or(before::observedAddress),
                said.protocols().isEmpty() ? before.protocols() : said.protocols(),
                places ? said.signed() : before.signed());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
