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

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Datagrams;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.limits.Limit;
import io.peerwerk.transport.internal.limits.StreamLease;
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

        /** Who holds up streams with a peer; to be left again. */
        Rates rates();

        /** Ends long waits. */
        Deadlines deadlines();

        /** Runs handlers, each on a virtual thread. */
        Executor threads();

        /**
         * A peer has proved who it is at the other end of a link. Called on the event loop.
         *
         * @throws IOException if the settings do not want it
         */
        void welcome(Link link, PeerId peer) throws IOException;

        /** Shows a new connection to everyone; false if it is not wanted any more. Called on the event loop. */
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
     * @param lease     what the connection counts for
     */
    record Facts(Link link, Transport transport, boolean initiator, Secured secured, String security, String muxer,
            Instant openedAt, Traffic traffic, ConnectionLease lease) {
    }

    /**
     * Streams that a peer may open, in a second and at once. An honest one opens a few hundred a second; each costs a
     * handler here.
     */
    private static final int OPENS = 5000;

    /**
     * Streams that a peer may reset while they are worked on, in a second and at once. Whoever gives up so often makes
     * this end work for nothing.
     */
    private static final int RESETS_PER_SECOND = 64;
    private static final int RESETS = 1024;

    private final Environment environment;
    private final Facts facts;
    private final FloodLog refusals = new FloodLog(LOG);
    private final IdentifyState identify = new IdentifyState();
    private final TokenBucket opens = new TokenBucket(OPENS, OPENS, System.nanoTime());
    private final TokenBucket resets = new TokenBucket(RESETS_PER_SECOND, RESETS, System.nanoTime());
    private final Map<String, TokenBucket> paces = new ConcurrentHashMap<>(2);
    private final Rates.Pair rates;
    private final Outbound outbound = new Outbound();
    private volatile @Nullable MuxedSession session;
    private volatile @Nullable ConnectionDatagrams datagrams;
    private volatile boolean leaving;

    /** Whether the end was told; on the event loop. A muxer that fails while it starts may tell it once more. */
    private boolean over;

    SwitchConnection(Environment environment, Facts facts) {
        this.environment = environment;
        this.facts = facts;
        this.rates = relayed() ? Rates.unlimited() : environment.rates().use(facts.secured().peer());
    }

    /** Sets the session that carries the streams; before the connection is shown to anyone. */
    void start(MuxedSession started) {
        datagrams = started.datagrams()
                .map(lane -> new ConnectionDatagrams(lane, environment.threads(), facts.lease())).orElse(null);
        session = started;
    }

    /** What was said in both directions about who is there. */
    IdentifyState identify() {
        return identify;
    }

    Link link() {
        return facts.link();
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
        return open(protocol, Meter.NONE);
    }

    /** Opens a stream whose bytes somebody wants to hear of. */
    Stream open(String protocol, Meter meter) throws IOException {
        MuxedSession carrier = session;
        if (carrier == null || leaving) {
            throw new StreamResetException("the connection is closed");
        }
        StreamLease lease = facts.lease().openOutgoing();
        try {
            lease.agreed(protocol, Limit.ANY);
            var stream = SwitchStream.outgoing(this, protocol, means(lease));
            stream.meter(meter);
            attach(stream, carrier.open(stream));
            if (!identify.maySpeak(protocol)) {
                askFor(stream);
            }
            return stream;
        } catch (IOException e) {
            lease.close();
            throw e;
        }
    }

    private static void attach(SwitchStream stream, MuxedStream raw) throws IOException {
        try {
            stream.attach(raw);
        } catch (IOException e) {
            raw.reset();
            throw e;
        }
    }

    private Means means(StreamLease lease) {
        return new Means(facts.link().channel().alloc(), lease, rates.up, rates.down, environment.deadlines(), outbound);
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
        StreamLease lease;
        try {
            if (!opens.take(1, System.nanoTime())) {
                throw new IOException("it opens more than " + OPENS + " a second");
            }
            lease = facts.lease().openIncoming();
        } catch (IOException e) {
            refusals.info("refused a stream, " + e.getMessage(), peer());
            raw.reset();
            return new RefusedStream();
        }
        var stream = SwitchStream.incoming(this, raw, means(lease));
        try {
            environment.threads().execute(() -> serve(stream, lease));
        } catch (RejectedExecutionException e) {
            stream.reset();
            stream.handled();
        }
        return stream;
    }

    /** A stream was reset by the peer, or its session is over. */
    void ended(SwitchStream stream) {
        if (stream.isBeingHandled() && !leaving && !resets.take(1, System.nanoTime())) {
            refusals.info("closing a connection, its peer opens and resets streams too fast", peer());
            close();
        }
    }

    /** There was no memory for what has come on a stream. */
    void overrun(SwitchStream stream) {
        refusals.info("gave up a stream, there is no memory for it", stream);
    }

    @Override
    public void closing() {
        leaving = true;
        environment.closing(this);
    }

    @Override
    public void closed(String why) {
        if (over) {
            return;
        }
        over = true;
        leaving = true;
        LOG.debug("connection with {} closed: {}", peer(), why);
        if (!relayed()) {
            environment.rates().leave(peer());
        }
        environment.closed(this);
    }

    // ---- incoming streams, each on its virtual thread

    private void serve(SwitchStream stream, StreamLease lease) {
        boolean done = false;
        try {
            Optional<String> agreed = stream.negotiate(environment.protocols()::speaks,
                    environment.options().handshakeTimeout());
            stream.timeout(Duration.ZERO);
            ProtocolTable.Entry entry = agreed.map(environment.protocols()::find).orElse(null);
            done = entry == null ? agreed.isEmpty() : handle(stream, lease, entry);
        } catch (IOException e) {
            LOG.debug("{} with {} ended early: {}", describe(stream), peer(), e.toString());
        } catch (RuntimeException e) {
            LOG.warn("the handler of {} failed on a stream of {}", describe(stream), peer(), e);
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
            stream.handled();
        }
    }

    private boolean handle(SwitchStream stream, StreamLease lease, ProtocolTable.Entry entry) throws IOException {
        try {
            if (!mayOpen(entry)) {
                throw new IOException("the peer opens it too often");
            }
            lease.agreed(entry.protocol(), entry.limit());
        } catch (IOException e) {
            refusals.info("refused a stream of " + entry.protocol() + ", " + e.getMessage(), peer());
            return false;
        }
        entry.handler().handle(stream);
        return true;
    }

    private boolean mayOpen(ProtocolTable.Entry entry) {
        ProtocolTable.Pace pace = entry.pace();
        if (pace == null) {
            return true;
        }
        long now = System.nanoTime();
        TokenBucket bucket = paces.computeIfAbsent(entry.protocol(),
                p -> new TokenBucket(pace.perSecond(), pace.atOnce(), now));
        synchronized (bucket) {
            return bucket.take(1, now);
        }
    }

    private static String describe(SwitchStream stream) {
        return stream.protocol().isEmpty() ? "a stream without a protocol" : stream.protocol();
    }

    @Override
    public String toString() {
        return "connection with " + peer() + " at " + remoteAddress();
    }
}
