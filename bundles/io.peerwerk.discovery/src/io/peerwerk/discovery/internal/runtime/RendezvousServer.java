// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.TokenBuckets;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.discovery.internal.rendezvous.RendezvousCodec;
import io.peerwerk.discovery.internal.rendezvous.RendezvousLimits;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage;
import io.peerwerk.discovery.internal.rendezvous.RendezvousPoint;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;

/** Makes this node a point where other peers meet, if the user wants it. */
@Component(service = {}, configurationPid = LanDiscovery.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class RendezvousServer implements AutoCloseable {

    /** The protocol's name. */
    static final String PROTOCOL = "/rendezvous/1.0.0";

    /** The configuration. */
    public @interface Settings {

        /**
         * Whether other peers may register here and look for each other. Off: it is a service to strangers, which keeps
         * what they say about themselves, 16 MB at most, for up to three days, and answers everybody who asks.
         */
        boolean rendezvousPoint() default false;
    }

    /** Requests that are taken on one stream; go-libp2p sends several. */
    private static final int MAX_REQUESTS = 64;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Requests of one peer at once, and each second in the long run. */
    static final int PEER_BURST = 64;
    private static final int PEER_PER_SECOND = 5;
    /** The same of all peers together: a signature is checked for each. */
    private static final int ALL_BURST = 512;
    private static final int ALL_PER_SECOND = 250;
    /** Peers whose requests are counted; those heard least recently give way. */
    private static final int MAX_COUNTED = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RendezvousServer.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final RendezvousPoint point;
    private final TokenBucket all = new TokenBucket(ALL_PER_SECOND, ALL_BURST, System.nanoTime());
    private final TokenBuckets<PeerId> peers = new TokenBuckets<>(PEER_PER_SECOND, PEER_BURST, MAX_COUNTED);
    private final Registration registration;

    /** The component. */
    @Activate
    public RendezvousServer(@Reference Host host, Settings settings) {
        this(host, settings.rendezvousPoint(), RendezvousLimits.standard(), InstantSource.system());
    }

    RendezvousServer(Host host, boolean on, RendezvousLimits limits, InstantSource clock) {
        this.point = new RendezvousPoint(limits, clock, new SecureRandom());
        this.registration = on ? host.handle(PROTOCOL, this::serve) : () -> { };
    }

    private void serve(Stream stream) throws IOException {
        PeerId peer = stream.connection().peer();
        stream.timeout(TIMEOUT);
        for (int i = 0; i < MAX_REQUESTS; i++) {
            byte[] request = Frames.readOrEnd(stream.input(), RendezvousCodec.MAX_REQUEST);
            if (request == null) {
                return;
            }
            Optional<RendezvousMessage> answer = answer(peer, request);
            if (answer.isPresent()) {
                Frames.write(stream.output(), RendezvousCodec.encode(answer.get()));
                stream.output().flush();
            }
        }
        throw new IOException("more than " + MAX_REQUESTS + " requests on a stream");
    }

    private Optional<RendezvousMessage> answer(PeerId peer, byte[] bytes) throws IOException {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (!peers.of(peer, now).take(1, now) || !all.take(1, now)) {
                throw new IOException("too many requests");
            }
            return point.answer(peer, RendezvousCodec.decodeRequest(bytes));
        } catch (FormatException e) {
            LOG.debug("refused a message of {}: {}", peer.brief(), e.getMessage());
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** How many registrations are kept. */
    int size() {
        lock.lock();
        try {
            return point.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more requests and forgets all registrations. */
    @Deactivate
    @Override
    public void close() {
        registration.close();
    }
}
