// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.spi.Swarm;

/**
 * Replaces relayed connections by direct ones: leads where a peer came through a relay, follows where this one did.
 * Each upgrade has a virtual thread that does what its state machine says.
 */
final class HolePuncher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HolePuncher.class);

    /** The longest wait for one message. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Upgrades under way at most: each sends some packets to addresses that others have named. */
    private static final int MAX_UNDER_WAY = 32;

    /**
     * Invitations over one relayed connection that are followed: a peer that makes three attempts and starts anew once.
     * Each sends some packets to addresses that the peer has named.
     */
    static final int MAX_FOLLOWED = 2 * Inviter.ATTEMPTS;

    /** How often a relayed connection is looked at whether it is needed still, and for how long. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS = 120;

    private final Host host;
    private final Swarm swarm;
    private final Candidates candidates;
    private final Set<PeerId> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Connection, Integer> followed = new ConcurrentHashMap<>();
    private final List<Registration> registrations;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relayed-connections").factory());
    private volatile boolean closed;

    HolePuncher(Host host, Swarm swarm, Candidates candidates) {
        this.host = host;
        this.swarm = swarm;
        this.candidates = candidates;
        this.registrations = List.of(host.handle(PunchMessage.PROTOCOL, this::serve), host.listen(new Watch()));
    }

    // ---- leading

    private void lead(Connection relayed) {
        if (underWay.size() >= MAX_UNDER_WAY || !underWay.add(relayed.peer())) {
            return;
        }
        try (var session = new Leading(relayed)) {
            if (session.run()) {
                retire(relayed);
            } else {
                LOG.debug("no direct connection with {}", relayed.peer());
            }
        } finally {
            underWay.remove(relayed.peer());
        }
    }

    /** One upgrade that this peer leads. */
    private final class Leading implements AutoCloseable {

        private final Connection relayed;
        private final Inviter inviter = new Inviter(HolePuncher.this::own, HolePuncher.this::usable);
        private @Nullable Stream stream;

        private Leading(Connection relayed) {
            this.relayed = relayed;
        }

        boolean run() {
            Event event = new Event.Begun(told());
            while (!closed) {
                Action action = inviter.on(direct(relayed.peer()).isPresent() ? new Event.Connected() : event,
                        System.nanoTime());
                LOG.debug("with {}: {}", relayed.peer(), action);
                if (action instanceof Action.Finish(boolean direct)) {
                    return direct;
                }
                event = outcome(action);
            }
            return false;
        }

        private List<Multiaddr> told() {
            try {
                return host.identify(relayed.peer()).listenAddresses();
            } catch (IOException e) {
                LOG.debug("{} does not say where it is: {}", relayed.peer(), e.toString());
                return List.of();
            }
        }

        private Event outcome(Action action) {
            try {
                return perform(action);
            } catch (IOException e) {
                LOG.debug("with {}: {}", relayed.peer(), e.toString());
                return new Event.Failed();
            }
        }

        private Event perform(Action action) throws IOException {
            return switch (action) {
                case Action.Dial(List<Multiaddr> addresses) -> met(addresses, Swarm.Mode.FRESH);
                case Action.Ask(PunchMessage message) -> {
                    close();
                    stream = relayed.open(PunchMessage.PROTOCOL);
                    stream.timeout(PATIENCE);
                    send(stream, message);
                    yield new Event.Said(receive(stream));
                }
                case Action.TellAndPause(PunchMessage message, Duration pause) -> {
                    send(stream(), message);
                    sleep(pause);
                    yield new Event.Elapsed();
                }
                case Action.Meet(List<Multiaddr> addresses, boolean asClient) ->
                        met(addresses, Swarm.Mode.MEET_AS_RESPONDER);
                case Action.Answer answer -> throw new IllegalStateException("who leads does not answer");
                case Action.Finish finish -> throw new IllegalStateException("it is over");
            };
        }

        private Event met(List<Multiaddr> addresses, Swarm.Mode mode) throws IOException {
            swarm.connect(relayed.peer(), addresses, mode);
            return new Event.Connected();
        }

        private Stream stream() throws IOException {
            if (stream == null) {
                throw new IOException("no stream is open");
            }
            return stream;
        }

        @Override
        public void close() {
            if (stream != null) {
                stream.close();
                stream = null;
            }
        }
    }

    // ---- following

    private void serve(Stream stream) throws IOException {
        Connection relayed = stream.connection();
        if (!relayed.relayed() || !relayed.initiator()) {
            throw new IOException("only who was reached through a relay leads a hole punch");
        }
        try {
            if (followed.merge(relayed, 1, Integer::sum) > MAX_FOLLOWED) {
                throw new IOException("it invites without end");
            }
            follow(stream);
        } finally {
            if (!relayed.isOpen()) {
                followed.remove(relayed);
            }
        }
    }

    private void follow(Stream stream) throws IOException {
        Connection relayed = stream.connection();
        stream.timeout(PATIENCE);
        var invited = new Invited(this::own, this::usable);
        Action action = invited.on(new Event.Said(receive(stream)));
        while (!(action instanceof Action.Finish(boolean direct))) {
            LOG.debug("with {}: {}", relayed.peer(), action);
            action = invited.on(follow(stream, action));
        }
        if (direct) {
            retire(relayed);
        }
    }

    private Event follow(Stream stream, Action action) throws IOException {
        if (action instanceof Action.Answer(PunchMessage message)) {
            send(stream, message);
            return new Event.Said(receive(stream));
        } else if (action instanceof Action.Meet(List<Multiaddr> addresses, boolean asClient)) {
            swarm.connect(stream.connection().peer(), addresses, Swarm.Mode.MEET_AS_INITIATOR);
            return new Event.Connected();
        }
        throw new IllegalStateException("who follows does not begin: " + action);
    }

    // ---- both

    private static void send(Stream stream, PunchMessage message) throws IOException {
        Frames.write(stream.output(), message.toBytes());
        stream.output().flush();
    }

    private static PunchMessage receive(Stream stream) throws IOException {
        return PunchMessage.parse(Frames.read(stream.input(), PunchMessage.MAX_LENGTH));
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closing");
        }
    }

    /** Where this peer may be met: as others see it, then as it is announced and bound. */
    private List<Multiaddr> own() {
        var all = new LinkedHashSet<Multiaddr>();
        swarm.observed().forEach(seen -> all.add(seen.address()));
        all.addAll(host.addresses());
        return usable(List.copyOf(all));
    }

    private List<Multiaddr> usable(List<Multiaddr> claimed) {
        return candidates.usable(claimed, Candidates.areLoopback(swarm.bound().stream()
                .filter(address -> !address.has(Protocol.P2P_CIRCUIT)).toList()));
    }

    private Optional<Connection> direct(PeerId peer) {
        return host.connections().stream().filter(c -> c.peer().equals(peer) && !c.relayed() && c.isOpen()).findFirst();
    }

    /** Closes a relayed connection when its streams have ended, or after a while; streams opened now go directly. */
    private void retire(Connection relayed) {
        LOG.info("directly connected with {}, the relay is left", relayed.peer());
        look(relayed, LOOKS);
    }

    private void look(Connection relayed, int left) {
        if (closed || !relayed.isOpen()) {
            return;
        }
        boolean stillAlone = direct(relayed.peer()).isEmpty();
        if (!stillAlone && (relayed.streamCount() == 0 || left == 0)) {
            relayed.close();
        } else if (left > 0) {
            lookLater(relayed, left - 1);
        }
    }

    private void lookLater(Connection relayed, int left) {
        try {
            timer.schedule(() -> look(relayed, left), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile; the connection stays as it is
        }
    }

    @Override
    public void close() {
        closed = true;
        registrations.forEach(Registration::close);
        timer.shutdownNow();
    }

    private final class Watch implements ConnectionListener {

        @Override
        public void opened(Connection connection) {
            if (connection.relayed() && !connection.initiator() && !closed) {
                Thread.ofVirtual().name("hole-punch").start(() -> lead(connection));
            }
        }

        @Override
        public void closed(Connection connection) {
            followed.remove(connection);
        }
    }
}
