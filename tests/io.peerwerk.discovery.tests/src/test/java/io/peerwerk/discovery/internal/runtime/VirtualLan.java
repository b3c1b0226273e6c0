// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.mdns.Link;
import io.peerwerk.discovery.internal.mdns.OwnAddress;

/** A local network in memory: what one of its machines sends, all hear, the sender among them. */
final class VirtualLan implements AutoCloseable {

    final List<byte[]> sent = new CopyOnWriteArrayList<>();
    private final List<Machine> machines = new CopyOnWriteArrayList<>();
    private final ExecutorService wire = Executors.newSingleThreadExecutor();

    /** One more machine with one interface. */
    Machine machine(String ip, int bits) {
        var machine = new Machine(ip, bits);
        machines.add(machine);
        return machine;
    }

    /** Somebody who is no node sends a message. */
    void send(byte[] message) {
        sent.add(message);
        wire.execute(() -> machines.forEach(machine -> machine.joined
                .forEach((link, receiver) -> receiver.received(link, message))));
    }

    void send(DnsMessage message) {
        send(message.toBytes());
    }

    /** A machine's view of the network. */
    final class Machine implements Network {

        final Map<Link, Receiver> joined = new ConcurrentHashMap<>();
        final AtomicInteger looks = new AtomicInteger();
        volatile List<Link> links;
        volatile boolean broken;

        private Machine(String ip, int bits) {
            try {
                links = List.of(new Link("lan0", List.of(
                        new OwnAddress(ByteBuffer.wrap(InetAddress.getByName(ip).getAddress()), bits))));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(ip, e);
            }
        }

        @Override
        public List<Link> links() {
            looks.incrementAndGet();
            return links;
        }

        @Override
        public void join(Link link, Receiver receiver) throws IOException {
            if (broken) {
                throw new IOException("no such device");
            }
            joined.put(link, receiver);
        }

        @Override
        public void leave(Link link) {
            joined.remove(link);
        }

        @Override
        public void send(Link link, byte[] message) throws IOException {
            if (broken) {
                throw new IOException("no such device");
            }
            VirtualLan.this.send(message);
        }

        @Override
        public void close() {
            joined.clear();
        }
    }

    @Override
    public void close() {
        wire.shutdownNow();
    }
}
