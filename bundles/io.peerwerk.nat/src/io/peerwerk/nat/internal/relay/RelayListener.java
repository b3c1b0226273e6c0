// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Swarm;

/**
 * A reservation with one relay, kept as long as the listener is open: asked for again in time, and when it is lost,
 * with growing pauses. While it is lost the listener is not open.
 */
final class RelayListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(RelayListener.class);

    /**
     * Circuits that the relay can bring at the same time; relays allow 16 a peer. Below the handshakes that a host has
     * under way at once, so that one relay cannot crowd out all others who come.
     */
    static final int MAX_CIRCUITS = 64;

    /**
     * What a listener stands in.
     *
     * @param swarm hears of the relay's other addresses
     */
    record Surroundings(Host host, Swarm swarm, InstantSource clock) {
    }

    private final RelayTransport transport;
    private final CircuitAddress circuit;
    private final Consumer<Link> accept;
    private final Surroundings around;
    private final Registration watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Multiaddr, Registration> announced = new HashMap<>();
    private final Semaphore circuits = new Semaphore(MAX_CIRCUITS);
    private Keeping keeping = Keeping.start();
    private boolean lost;
    private volatile boolean held;
    private volatile boolean closed;

    RelayListener(RelayTransport transport, CircuitAddress circuit, Consumer<Link> accept, Surroundings around) {
        this.transport = transport;
        this.circuit = circuit;
        this.accept = accept;
        this.around = around;
        this.watch = around.host().listen(new Watch());
    }

    /** Makes the first reservation; blocks. */
    void start() throws IOException {
        reserve();
        Thread.ofVirtual().name("reservation").start(this::keep);
    }

    @Override
    public Multiaddr address() {
        return circuit.way();
    }

    @Override
    public boolean isOpen() {
        return held && !closed;
    }

    /** Whether the relay may bring another circuit; {@link #left} when it is over. */
    boolean enter() {
        return circuits.tryAcquire();
    }

    void left() {
        circuits.release();
    }

    void accept(Link link) {
        accept.accept(link);
    }

    private void reserve() throws IOException {
        Connection relay = transport.relay(circuit);
        Stream hop = relay.open(HopMessage.PROTOCOL);
        HopMessage.Answer answer = RelayTransport.ask(hop, new HopMessage.Reserve(), circuit.relayId());
        hop.close();
        Reservation reservation = answer.reservation()
                .orElseThrow(() -> new FormatException("the relay says yes to a reservation and gives none"));
        check(reservation);
        Instant now = around.clock().instant();
        Duration lifetime = Duration.ofSeconds(Math.max(0, Math.min(reservation.expires() - now.getEpochSecond(),
                Keeping.LONGEST.toSeconds())));
        lock.lock();
        try {
            keeping = keeping.reserved(lifetime);
            lost = !relay.isOpen();
            held = !lost;
        } finally {
            lock.unlock();
        }
        announce(reservation);
        LOG.debug("reached through {} for {} s", circuit.relay(), lifetime.toSeconds());
    }

    /** A voucher is optional; one that is there has to be right. */
    private void check(Reservation reservation) throws FormatException {
        if (!reservation.voucher().hasRemaining()) {
            return;
        }
        Voucher voucher = Voucher.open(reservation.voucherBytes());
        if (!voucher.relay().equals(circuit.relayId()) || !voucher.peer().equals(around.host().id())) {
            throw new FormatException("the relay's voucher is for others");
        }
    }

    /** Tells others of the relay's addresses, its own and those it claims where they name no other peer. */
    private void announce(Reservation reservation) {
        var ways = new ArrayList<Multiaddr>(List.of(circuit.way()));
        for (Multiaddr address : reservation.addresses()) {
            boolean own = address.peer().isEmpty() || address.peer().get().equals(circuit.relayId());
            if (own && address.socketAddress().isPresent()) {
                CircuitAddress.way(address, circuit.relayId()).ifPresent(ways::add);
            }
        }
        tell(ways);
    }

    /** Tells of these addresses and no others; of none while the reservation is lost. */
    private void tell(List<Multiaddr> ways) {
        lock.lock();
        try {
            List<Multiaddr> wanted = isOpen() ? ways : List.of();
            announced.entrySet().removeIf(told -> {
                boolean over = !wanted.contains(told.getKey());
                if (over) {
                    told.getValue().close();
                }
                return over;
            });
            wanted.forEach(way -> announced.computeIfAbsent(way, around.swarm()::announce));
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the reservation until the listener is closed. */
    private void keep() {
        try {
            while (waitForTurn()) {
                try {
                    reserve();
                } catch (IOException e) {
                    failed(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it is time to ask again; false when the listener is closed. */
    private boolean waitForTurn() throws InterruptedException {
        lock.lock();
        try {
            long left = keeping.pause().toNanos();
            while (!closed && !lost && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (lost && !closed) {
                changed.await(keeping.pauseWhenLost().toNanos(), TimeUnit.NANOSECONDS);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void failed(IOException why) {
        boolean was = held;
        lock.lock();
        try {
            keeping = keeping.failed();
            lost = true;
            held = false;
        } finally {
            lock.unlock();
        }
        if (was) {
            LOG.info("not reached through {} any more: {}", circuit.relay(), why.getMessage());
            tell(List.of());
        } else {
            LOG.debug("still not reached through {}: {}", circuit.relay(), why.getMessage());
        }
    }

    private void lose() {
        lock.lock();
        try {
            if (lost || closed || !held) {
                return;
            }
            lost = true;
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        LOG.info("not reached through {} any more: the connection is lost", circuit.relay());
        tell(List.of());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        watch.close();
        transport.forget(circuit.relayId(), this);
        tell(List.of());
    }

    private final class Watch implements ConnectionListener {

        @Override
        public void closed(Connection connection) {
            if (connection.peer().equals(circuit.relayId()) && transport.direct(circuit.relayId()).isEmpty()) {
                lose();
            }
        }
    }
}
