// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;

/** The relay's own side: answers on the hop protocol, asks on the stop protocol, joins the streams. */
final class RelayServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayServer.class);

    /** The longest wait for one message of a peer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Bytes of addresses in a reservation at most: with an RSA voucher the message stays below 4 KiB. */
    private static final int MAX_ADDRESS_BYTES = 1024;

    /** A quiet relay passes the bytes of so small a part of a second at once. */
    private static final double BURSTS_PER_SECOND = 10;

    private final Host host;
    private final Identity identity;
    private final RelayOptions options;
    private final RelayTable table;
    private final @Nullable TokenBucket allowance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Circuit> circuits = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final List<Registration> registrations;
    private volatile boolean closed;

    RelayServer(Host host, Identity identity, RelayOptions options, InstantSource clock) {
        this.host = host;
        this.identity = identity;
        this.options = options;
        this.table = new RelayTable(host.id(), options, clock);
        this.allowance = options.bytesPerSecond() == 0 ? null : new TokenBucket(options.bytesPerSecond(),
                options.bytesPerSecond() / BURSTS_PER_SECOND, System.nanoTime());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("relay-limits").factory());
        this.registrations = List.of(host.handle(HopMessage.PROTOCOL, this::serve), host.listen(new Watch()));
    }

    /** Peers that can be reached through this one now. */
    int reservations() {
        lock.lock();
        try {
            return table.reservations();
        } finally {
            lock.unlock();
        }
    }

    /** Circuits that are open or being opened. */
    int circuits() {
        lock.lock();
        try {
            return table.circuits();
        } finally {
            lock.unlock();
        }
    }

    private void serve(Stream stream) throws IOException {
        stream.timeout(PATIENCE);
        HopMessage message;
        try {
            message = HopMessage.parse(Frames.read(stream.input(), HopMessage.MAX_LENGTH));
        } catch (FormatException e) {
            answer(stream, HopMessage.Answer.refused(RelayStatus.MALFORMED_MESSAGE));
            return;
        }
        try {
            act(stream, message);
        } finally {
            PeerId peer = stream.connection().peer();
            if (direct(peer).isEmpty()) {
                forget(peer);
            }
        }
    }

    private void act(Stream stream, HopMessage message) throws IOException {
        switch (message) {
            case HopMessage.Reserve reserve -> answer(stream, reserve(stream.connection()));
            case HopMessage.Connect(PeerId target) -> connect(stream, target);
            case HopMessage.Answer unasked ->
                    answer(stream, HopMessage.Answer.refused(RelayStatus.UNEXPECTED_MESSAGE));
        }
    }

    private static void answer(Stream stream, HopMessage.Answer answer) throws IOException {
        Frames.write(stream.output(), answer.toBytes());
        stream.output().flush();
    }

    private HopMessage.Answer reserve(Connection asking) {
        PeerId peer = asking.peer();
        RelayTable.Decision decision;
        lock.lock();
        try {
            decision = table.reserve(peer, Origin.of(asking.remoteAddress()));
        } finally {
            lock.unlock();
        }
        if (decision.status() != RelayStatus.OK) {
            return HopMessage.Answer.refused(decision.status());
        }
        LOG.debug("{} can be reached through this peer until {}", peer, decision.expires());
        long expires = decision.expires().getEpochSecond();
        byte[] voucher = new Voucher(host.id(), peer, expires).seal(identity);
        var reservation = new Reservation(expires, ownAddresses(), ByteBuffer.wrap(voucher));
        return new HopMessage.Answer(RelayStatus.OK, Optional.of(reservation), limit());
    }

    /** Empty if there is none, as the specification wants it. */
    private Optional<Limit> limit() {
        return Optional.of(options.limit()).filter(limit -> !limit.equals(Limit.NONE));
    }

    private List<Multiaddr> ownAddresses() {
        var all = new ArrayList<Multiaddr>();
        int bytes = 0;
        for (Multiaddr address : host.addresses()) {
            Multiaddr named = address.withPeer(host.id());
            bytes += named.toBytes().length;
            if (!Origin.of(address).relayed() && bytes <= MAX_ADDRESS_BYTES && all.size() < Reservation.MAX_ADDRESSES) {
                all.add(named);
            }
        }
        return all;
    }

    private void connect(Stream hop, PeerId target) throws IOException {
        PeerId from = hop.connection().peer();
        RelayStatus status;
        lock.lock();
        try {
            status = table.connect(from, Origin.of(hop.connection().remoteAddress()), target);
        } finally {
            lock.unlock();
        }
        if (status != RelayStatus.OK) {
            answer(hop, HopMessage.Answer.refused(status));
            return;
        }
        try {
            join(hop, target);
        } finally {
            lock.lock();
            try {
                table.release(from, target);
            } finally {
                lock.unlock();
            }
        }
    }

    private void join(Stream hop, PeerId target) throws IOException {
        Stream stop = stop(hop.connection().peer(), target);
        if (stop == null) {
            answer(hop, HopMessage.Answer.refused(RelayStatus.CONNECTION_FAILED));
            return;
        }
        try {
            answer(hop, new HopMessage.Answer(RelayStatus.OK, Optional.empty(), limit()));
            hop.timeout(Duration.ZERO);
            stop.timeout(Duration.ZERO);
        } catch (IOException e) {
            stop.reset();
            throw e;
        }
        run(new Circuit(hop, stop, options.circuitBytes(), this::pause), stop);
    }

    private void run(Circuit circuit, Stream stop) throws IOException {
        circuits.add(circuit);
        ScheduledFuture<?> end = options.circuitDuration().isZero() || closed ? null
                : timer.schedule(circuit::cut, options.circuitDuration().toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (closed) {
                circuit.cut();
            }
            if (!circuit.run()) {
                throw new IOException("the circuit was cut");
            }
            stop.close();
        } finally {
            circuits.remove(circuit);
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    /** Promises bytes at once, paid for by waiting: each circuit waits until those before it have had their time. */
    private long pause(int bytes) {
        if (allowance == null) {
            return 0;
        }
        lock.lock();
        try {
            long now = System.nanoTime();
            allowance.spend(bytes, now);
            return allowance.delay(now);
        } finally {
            lock.unlock();
        }
    }

    /** Asks the target to take a connection; null if it does not. */
    private @Nullable Stream stop(PeerId from, PeerId target) {
        Connection connection = direct(target).orElse(null);
        if (connection == null) {
            return null;
        }
        Stream stop = null;
        try {
            stop = connection.open(StopMessage.PROTOCOL);
            stop.timeout(PATIENCE);
            Frames.write(stop.output(), new StopMessage.Connect(from, limit()).toBytes());
            stop.output().flush();
            StopMessage answer = StopMessage.parse(Frames.read(stop.input(), StopMessage.MAX_LENGTH));
            if (answer.equals(new StopMessage.Answer(RelayStatus.OK))) {
                return stop;
            }
            LOG.debug("{} takes no connection from {}: {}", target, from, answer);
        } catch (IOException e) {
            LOG.debug("{} cannot be asked to take a connection: {}", target, e.toString());
        }
        if (stop != null) {
            stop.reset();
        }
        return null;
    }

    private Optional<Connection> direct(PeerId peer) {
        return host.connections().stream().filter(c -> c.peer().equals(peer) && !c.relayed() && c.isOpen()).findFirst();
    }

    private void forget(PeerId peer) {
        lock.lock();
        try {
            table.gone(peer);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the service: no more reservations, and all circuits are cut. */
    @Override
    public void close() {
        closed = true;
        registrations.forEach(Registration::close);
        circuits.forEach(Circuit::cut);
        timer.shutdownNow();
    }

    private final class Watch implements ConnectionListener {

        @Override
        public void closed(Connection connection) {
            if (direct(connection.peer()).isEmpty()) {
                forget(connection.peer());
            }
        }
    }
}
