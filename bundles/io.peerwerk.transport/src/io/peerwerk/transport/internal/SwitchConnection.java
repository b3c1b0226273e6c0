// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Datagrams;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;
import io.peerwerk.transport.spi.Transport;

/** A connection: the streams of one session, and the handlers of those that the peer has opened. */
final class SwitchConnection implements Connection, SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchConnection.class);

    /** What a connection needs from its host. */
    interface Environment {

        ProtocolTable protocols();

        HostOptions options();

        /** Runs handlers, each on a virtual thread. */
        Executor threads();

        /** Shows a new connection to everyone; false if there is no room for it. Called on the event loop. */
        boolean admit(SwitchConnection connection);

        /** The connection takes no more streams. Called on the event loop. */
        void closing(SwitchConnection connection);

        /** The connection is over. Called on the event loop. */
        void closed(SwitchConnection connection);
    }

    /**
     * What is known of a link when it has been upgraded.
     *
     * @param transport the transport that the link came from
     */
    record Facts(Link link, Transport transport, boolean initiator, Secured secured, String security, String muxer,
            Instant openedAt, Traffic traffic) {
    }

    private final Environment environment;
    private final Facts facts;
    private final FloodLog refusals = new FloodLog(LOG);
    private final IdentifyState identify = new IdentifyState();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, AtomicInteger> underWayByProtocol = new ConcurrentHashMap<>();
    private volatile @Nullable MuxedSession session;
    private volatile @Nullable ConnectionDatagrams datagrams;
    private volatile boolean leaving;

    SwitchConnection(Environment environment, Facts facts) {
        this.environment = environment;
        this.facts = facts;
    }

    /** Sets the session that carries the streams; before the connection is shown to anyone. */
    void start(MuxedSession started) {
        datagrams = started.datagrams().map(lane -> new ConnectionDatagrams(lane, environment.threads())).orElse(null);
        session = started;
    }

    /** What was said in both directions about who is there. */
    IdentifyState identify() {
        return identify;
    }

    Transport transport() {
        return facts.transport();
    }

    // ---- the API

    @Override
    public PeerId peer() {
        return facts.secured().peer();
    }

    @Override
    public PublicKey key() {
        return facts.secured().key();
    }

    @Override
    public Multiaddr remoteAddress() {
        return facts.link().remoteAddress();
    }

    @Override
    public Multiaddr localAddress() {
        return facts.link().localAddress();
    }

    @Override
    public boolean initiator() {
        return facts.initiator();
    }

    @Override
    public String security() {
        return facts.security();
    }

    @Override
    public String muxer() {
        return facts.muxer();
    }

    @Override
    public Instant openedAt() {
        return facts.openedAt();
    }

    @Override
    public Stream open(String protocol) throws IOException {
        MuxedSession carrier = session;
        if (carrier == null || leaving) {
            throw new StreamResetException("the connection is closed");
        }
        var stream = SwitchStream.outgoing(this, protocol, facts.link().channel().alloc());
        stream.attach(carrier.open(stream));
        if (!identify.maySpeak(protocol)) {
            askFor(stream);
        }
        return stream;
    }

    /** Waits for the answer of a peer that has not spoken the protocol so far: it may have learned it since. */
    private void askFor(SwitchStream stream) throws IOException {
        boolean agreed = false;
        try {
            stream.timeout(environment.options().handshakeTimeout());
            stream.agree();
            stream.timeout(Duration.ZERO);
            agreed = true;
        } finally {
            if (!agreed) {
                stream.reset();
            }
        }
    }

    @Override
    public Optional<Identification> identification() {
        return identify.said();
    }

    @Override
    public int streamCount() {
        MuxedSession carrier = session;
        return carrier == null ? 0 : carrier.streamCount();
    }

    @Override
    public boolean isOpen() {
        MuxedSession carrier = session;
        return !leaving && carrier != null && carrier.isOpen();
    }

    @Override
    public void close() {
        leaving = true;
        MuxedSession carrier = session;
        if (carrier != null) {
            carrier.close();
        } else {
            facts.link().channel().close();
        }
    }

    @Override
    public Optional<Datagrams> datagrams() {
        return Optional.ofNullable(datagrams);
    }

    @Override
    public long bytesIn() {
        MuxedSession carrier = session;
        long counted = carrier == null ? -1 : carrier.bytesIn();
        return counted < 0 ? facts.traffic().in() : counted;
    }

    @Override
    public long bytesOut() {
        MuxedSession carrier = session;
        long counted = carrier == null ? -1 : carrier.bytesOut();
        return counted < 0 ? facts.traffic().out() : counted;
    }

    // ---- the session's events, on the event loop

    @Override
    public StreamReceiver accepted(MuxedStream raw) {
        if (underWay.get() >= environment.options().maxStreams()) {
            refusals.info("refused a stream, " + environment.options().maxStreams() + " are under way", peer());
            raw.reset();
            return new Refused();
        }
        underWay.incrementAndGet();
        var stream = SwitchStream.incoming(this, raw, facts.link().channel().alloc());
        try {
            environment.threads().execute(() -> serve(stream));
        } catch (RejectedExecutionException e) {
            underWay.decrementAndGet();
            stream.reset();
        }
        return stream;
    }

    @Override
    public void closing() {
        leaving = true;
        environment.closing(this);
    }

    @Override
    public void closed(String why) {
        leaving = true;
        LOG.debug("connection with {} closed: {}", peer(), why);
        environment.closed(this);
    }

    // ---- incoming streams, each on its virtual thread

    private void serve(SwitchStream stream) {
        boolean done = false;
        try {
            stream.timeout(environment.options().handshakeTimeout());
            Optional<String> agreed = stream.negotiate(environment.protocols()::speaks);
            stream.timeout(Duration.ZERO);
            ProtocolTable.Entry entry = agreed.map(environment.protocols()::find).orElse(null);
            done = entry == null ? agreed.isEmpty() : handle(stream, entry);
        } catch (IOException e) {
            LOG.debug("{} with {} ended early: {}", describe(stream), peer(), e.toString());
        } catch (RuntimeException e) {
            LOG.warn("the handler of {} failed on a stream of {}", describe(stream), peer(), e);
        } finally {
            underWay.decrementAndGet();
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }

    private boolean handle(SwitchStream stream, ProtocolTable.Entry entry) throws IOException {
        AtomicInteger count = underWayByProtocol.computeIfAbsent(entry.protocol(), p -> new AtomicInteger());
        try {
            if (count.incrementAndGet() > entry.limit()) {
                refusals.info("refused " + entry.protocol() + ", " + entry.limit() + " are under way", peer());
                return false;
            }
            entry.handler().handle(stream);
            return true;
        } finally {
            count.decrementAndGet();
        }
    }

    private static String describe(SwitchStream stream) {
        return stream.protocol().isEmpty() ? "a stream without a protocol" : stream.protocol();
    }

    @Override
    public String toString() {
        return "connection with " + peer() + " at " + remoteAddress();
    }

    /** Takes what still comes in on a stream that was refused. */
    private static final class Refused implements StreamReceiver {

        @Override
        public void data(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void finished() {
            // nobody waits
        }

        @Override
        public void reset(String why) {
            // nobody waits
        }

        @Override
        public void sent(int bytes) {
            // nothing was written
        }
    }
}
