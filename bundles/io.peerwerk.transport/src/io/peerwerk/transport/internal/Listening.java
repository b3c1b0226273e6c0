// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/**
 * The addresses that this host listens on. Each configured address is a slot; a transport that comes fills the empty
 * slots it can serve, on the port a slot had before if that can be had; a transport that goes leaves its slots empty.
 */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private static final class Slot {

        private final Multiaddr configured;
        private final boolean extra;
        private @Nullable Multiaddr bound;
        private @Nullable Listener listener;
        private @Nullable Transport transport;
        private @Nullable String failure;

        private Slot(Multiaddr configured, boolean extra) {
            this.configured = configured;
            this.extra = extra;
        }

        private @Nullable Multiaddr open() {
            Listener current = listener;
            return current != null && current.isOpen() ? current.address() : null;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final BiConsumer<Transport, Link> accept;
    private boolean closed;

    Listening(List<Multiaddr> addresses, BiConsumer<Transport, Link> accept) {
        addresses.forEach(address -> slots.add(new Slot(address, false)));
        this.accept = accept;
    }

    /**
     * Listens with a transport on the empty slots that it can serve. Blocks until they are bound, without holding others
     * up: it takes a while where a listener has to ask another peer first.
     */
    void add(Transport transport) {
        lock.lock();
        try {
            transports.add(transport);
        } finally {
            lock.unlock();
        }
        claim(slot -> transport.canListen(slot.configured)).forEach(this::fill);
        retry();
    }

    /** Tries again the addresses of relays that could not be listened on: what was missing may be there now. */
    void retry() {
        claim(slot -> slot.failure != null && slot.configured.has(Protocol.P2P_CIRCUIT)).forEach(this::fill);
    }

    /** Gives each empty slot of these to a transport that can serve it. */
    private Map<Slot, Transport> claim(Predicate<Slot> which) {
        var claimed = new LinkedHashMap<Slot, Transport>();
        lock.lock();
        try {
            for (Slot slot : slots) {
                boolean free = slot.transport == null || slot.listener != null && slot.open() == null;
                if (!closed && free && which.test(slot)) {
                    transports.stream().filter(t -> t.canListen(slot.configured)).findFirst()
                            .ifPresent(transport -> claimed.put(slot, transport));
                }
            }
            claimed.forEach((slot, transport) -> slot.transport = transport);
        } finally {
            lock.unlock();
        }
        return claimed;
    }

    /**
     * Listens on other configured addresses from now on; those that stay keep their ports. Blocks until all are bound.
     */
    void configure(List<Multiaddr> addresses) {
        var claimed = new LinkedHashMap<Slot, Transport>();
        lock.lock();
        try {
            for (Slot slot : List.copyOf(slots)) {
                if (!slot.extra && !addresses.contains(slot.configured)) {
                    slots.remove(slot);
                    empty(slot);
                }
            }
            for (Multiaddr address : addresses) {
                if (slots.stream().noneMatch(slot -> !slot.extra && slot.configured.equals(address))) {
                    var slot = new Slot(address, false);
                    slots.add(slot);
                    transports.stream().filter(t -> !closed && t.canListen(address)).findFirst()
                            .ifPresent(transport -> claimed.put(slot, transport));
                }
            }
            claimed.forEach((slot, transport) -> slot.transport = transport);
        } finally {
            lock.unlock();
        }
        claimed.forEach(this::fill);
    }

    /** Listens on one more address, now. Blocks until it is bound. */
    Registration listenOn(Multiaddr address) throws IOException {
        var slot = new Slot(address, true);
        Transport transport = transportFor(address);
        Listener listener = listen(transport, address);
        lock.lock();
        try {
            slots.add(slot);
            slot.transport = transport;
            if (!keep(slot, transport, listener)) {
                slots.remove(slot);
                throw new IOException("the transport for " + address + " goes");
            }
        } finally {
            lock.unlock();
        }
        return () -> drop(slot);
    }

    private Transport transportFor(Multiaddr address) throws IOException {
        lock.lock();
        try {
            return transports.stream().filter(t -> !closed && t.canListen(address)).findFirst()
                    .orElseThrow(() -> new IOException("no transport can listen on " + address));
        } finally {
            lock.unlock();
        }
    }

    private void drop(Slot slot) {
        lock.lock();
        try {
            slots.remove(slot);
            empty(slot);
        } finally {
            lock.unlock();
        }
    }

    /** The addresses that a transport is bound to, wildcards as they are. */
    List<Multiaddr> boundBy(Transport transport) {
        lock.lock();
        try {
            return slots.stream().filter(slot -> slot.transport == transport).map(Slot::open).filter(Objects::nonNull)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a link's own address is one that its transport listens on: same port, and the same IP or any. */
    boolean covers(Transport transport, Multiaddr local) {
        return boundBy(transport).stream().anyMatch(bound -> isAt(bound, local));
    }

    private static boolean isAt(Multiaddr bound, Multiaddr local) {
        InetSocketAddress listening = bound.socketAddress().orElse(null);
        InetSocketAddress own = local.socketAddress().orElse(null);
        if (listening == null || own == null || listening.getAddress() == null || own.getAddress() == null) {
            return false;
        }
        Multiaddr same = bound.withSocket(own);
        boolean any = listening.getAddress().isAnyLocalAddress()
                && (listening.getAddress() instanceof Inet6Address || own.getAddress() instanceof Inet4Address);
        return same.equals(local) && listening.getPort() == own.getPort()
                && (any || listening.getAddress().equals(own.getAddress()));
    }

    private void fill(Slot slot, Transport transport) {
        Multiaddr before = slot.bound;
        try {
            Listener listener = before == null ? listen(transport, slot.configured)
                    : listenAgain(transport, before, slot.configured);
            if (keep(slot, transport, listener)) {
                LOG.debug("listening on {}", listener.address());
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.warn("cannot listen on {}: {}", slot.configured, why);
            fail(slot, transport, why);
        }
    }

    /** Notes a listener in the slot that was claimed for it, or closes it if the slot was taken away meanwhile. */
    private boolean keep(Slot slot, Transport transport, Listener listener) {
        lock.lock();
        try {
            if (!closed && slot.transport == transport && transports.contains(transport)) {
                slot.listener = listener;
                slot.bound = listener.address();
                slot.failure = null;
                return true;
            }
        } finally {
            lock.unlock();
        }
        listener.close();
        return false;
    }

    private void fail(Slot slot, Transport transport, String why) {
        lock.lock();
        try {
            if (slot.transport == transport) {
                slot.transport = null;
                slot.failure = why;
            }
        } finally {
            lock.unlock();
        }
    }

    private Listener listenAgain(Transport transport, Multiaddr before, Multiaddr configured) throws IOException {
        try {
            return listen(transport, before);
        } catch (IOException e) {
            LOG.info("cannot listen on {} again ({}), taking another port", before, e.getMessage());
            return listen(transport, configured);
        }
    }

    private Listener listen(Transport transport, Multiaddr address) throws IOException {
        return transport.listen(address, link -> accept.accept(transport, link));
    }

    /** Stops listening with a transport that goes. */
    void remove(Transport transport) {
        lock.lock();
        try {
            transports.remove(transport);
            slots.stream().filter(slot -> slot.transport == transport).forEach(Listening::empty);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            slots.forEach(Listening::empty);
        } finally {
            lock.unlock();
        }
    }

    private static void empty(Slot slot) {
        Listener listener = slot.listener;
        if (listener != null) {
            listener.close();
        }
        slot.listener = null;
        slot.transport = null;
    }

    /** Configured addresses that could not be listened on, with the reason. */
    Map<Multiaddr, String> failures() {
        lock.lock();
        try {
            var failures = new LinkedHashMap<Multiaddr, String>();
            for (Slot slot : slots) {
                if (slot.failure != null) {
                    failures.put(slot.configured, slot.failure);
                }
            }
            return failures;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is listened on, wildcards expanded to the addresses of the interfaces, of their version of IP alone; those of
     * loopback come last.
     */
    List<Multiaddr> addresses() {
        var bound = new ArrayList<Multiaddr>();
        lock.lock();
        try {
            for (Slot slot : slots) {
                Multiaddr address = slot.open();
                if (address != null) {
                    bound.add(address);
                }
            }
        } finally {
            lock.unlock();
        }
        return bound.stream().flatMap(address -> expanded(address).stream()).distinct().toList();
    }

    private static List<Multiaddr> expanded(Multiaddr address) {
        InetSocketAddress socket = address.socketAddress().orElse(null);
        if (socket == null || socket.getAddress() == null || !socket.getAddress().isAnyLocalAddress()) {
            return List.of(address);
        }
        Class<?> version = socket.getAddress().getClass();
        try {
            return NetworkInterface.networkInterfaces().filter(Listening::isUp).flatMap(NetworkInterface::inetAddresses)
                    .filter(version::isInstance).filter(a -> !a.isLinkLocalAddress())
                    .sorted(Comparator.comparing(InetAddress::isLoopbackAddress))
                    .map(a -> address.withSocket(new InetSocketAddress(withoutZone(a), socket.getPort()))).toList();
        } catch (SocketException e) {
            LOG.warn("cannot list the network interfaces: {}", e.toString());
            return List.of(address);
        }
    }

    /** Interfaces name their addresses with a zone, which only those of link scope need. */
    private static InetAddress withoutZone(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a length of its own", e);
        }
    }

    private static boolean isUp(NetworkInterface card) {
        try {
            return card.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
