// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.discovery.internal.dns.DnsMessage;

/**
 * The multicast group of one IP version that all who speak multicast DNS are in. The port is shared with the other
 * programs of the machine that do. Thread-safe.
 */
final class MulticastGroup implements AutoCloseable {

    static final int PORT = 5353;

    private static final Logger LOG = LoggerFactory.getLogger(MulticastGroup.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, MembershipKey> memberships = new HashMap<>();
    private final ProtocolFamily family;
    private final String group;
    private @Nullable DatagramChannel channel;

    MulticastGroup(ProtocolFamily family, String group) {
        this.family = family;
        this.group = group;
    }

    /** Joins on one more interface; does nothing if that is done. The first one's receiver is everybody's. */
    void join(NetworkInterface card, BiConsumer<InetAddress, byte[]> receiver) throws IOException {
        lock.lock();
        try {
            MembershipKey before = memberships.get(card.getName());
            if (before != null && before.isValid() && before.networkInterface().getIndex() == card.getIndex()) {
                return;
            }
            DatagramChannel open = channel == null || !channel.isOpen() ? open(receiver) : channel;
            try {
                MembershipKey key = open.join(InetAddress.getByName(group), card);
                memberships.put(card.getName(), key);
            } finally {
                closeIfUnused();
            }
        } finally {
            lock.unlock();
        }
    }

    private DatagramChannel open(BiConsumer<InetAddress, byte[]> receiver) throws IOException {
        DatagramChannel opened = DatagramChannel.open(family);
        try {
            for (SocketOption<Boolean> option : List.of(StandardSocketOptions.SO_REUSEADDR,
                    StandardSocketOptions.SO_REUSEPORT)) {
                if (opened.supportedOptions().contains(option)) {
                    opened.setOption(option, true);
                }
            }
            opened.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
            opened.bind(new InetSocketAddress(isIp4() ? "0.0.0.0" : "::", PORT));
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        Thread.ofVirtual().name("mdns-" + family).start(() -> receive(opened, receiver));
        return opened;
    }

    /** Until the socket is closed; it is closed when nothing can be received any more, so that sending fails too. */
    private void receive(DatagramChannel channel, BiConsumer<InetAddress, byte[]> receiver) {
        ByteBuffer buffer = ByteBuffer.allocate(DnsMessage.MAX_BYTES + 1);
        try (channel) {
            while (true) {
                buffer.clear();
                // A socket of IPv6 may hear what is sent by IPv4 too, which the other socket has heard.
                if (channel.receive(buffer) instanceof InetSocketAddress from
                        && from.getAddress() instanceof Inet4Address == isIp4()) {
                    receiver.accept(from.getAddress(), Arrays.copyOf(buffer.array(), buffer.position()));
                }
            }
        } catch (ClosedChannelException e) {
            LOG.trace("multicast DNS ends", e);
        } catch (IOException e) {
            LOG.warn("multicast DNS ends: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("multicast DNS ends", e);
        }
    }

    void leave(String card) {
        lock.lock();
        try {
            MembershipKey key = memberships.remove(card);
            if (key != null) {
                key.drop();
            }
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Sends on an interface, if that was joined. */
    void send(NetworkInterface card, byte[] message) throws IOException {
        lock.lock();
        try {
            DatagramChannel open = channel;
            if (open != null && memberships.containsKey(card.getName())) {
                open.setOption(StandardSocketOptions.IP_MULTICAST_IF, card);
                open.send(ByteBuffer.wrap(message), new InetSocketAddress(group, PORT));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isIp4() {
        return family == StandardProtocolFamily.INET;
    }

    private void closeIfUnused() {
        DatagramChannel open = channel;
        if (open != null && memberships.isEmpty()) {
            channel = null;
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("closing a socket failed: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            memberships.clear();
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }
}
