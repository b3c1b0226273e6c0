// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.discovery.internal.mdns.Link;
import io.peerwerk.discovery.internal.mdns.OwnAddress;

/**
 * The networks that this machine's interfaces are connected to. One socket an IP version serves all of them, and is
 * there only while a link is joined. What comes in counts only if its sender is on one of these links, as RFC 6762
 * demands in section 11: so nobody beyond a router is heard.
 */
final class MulticastNetwork implements Network {

    private static final Logger LOG = LoggerFactory.getLogger(MulticastNetwork.class);

    private final MulticastGroup ip4 = new MulticastGroup(StandardProtocolFamily.INET, "224.0.0.251");
    private final MulticastGroup ip6 = new MulticastGroup(StandardProtocolFamily.INET6, "ff02::fb");
    private final Map<String, Link> joined = new ConcurrentHashMap<>();

    @Override
    public List<Link> links() {
        try (Stream<NetworkInterface> cards = NetworkInterface.networkInterfaces()) {
            return cards.filter(MulticastNetwork::isLocalNetwork).map(MulticastNetwork::link).toList();
        } catch (SocketException e) {
            LOG.debug("cannot list the network interfaces: {}", e.toString());
            return List.of();
        }
    }

    private static boolean isLocalNetwork(NetworkInterface card) {
        try {
            return card.isUp() && card.supportsMulticast() && !card.isLoopback() && !card.isPointToPoint();
        } catch (SocketException e) {
            return false;
        }
    }

    private static Link link(NetworkInterface card) {
        List<OwnAddress> addresses = new ArrayList<>();
        for (InterfaceAddress address : card.getInterfaceAddresses()) {
            byte[] ip = address.getAddress().getAddress();
            int bits = address.getNetworkPrefixLength();
            if (bits >= 0 && bits <= 8 * ip.length) {
                addresses.add(new OwnAddress(ByteBuffer.wrap(ip), bits));
            }
        }
        return new Link(card.getName(), addresses);
    }

    @Override
    public void join(Link link, Receiver receiver) throws IOException {
        NetworkInterface card = card(link);
        joined.put(link.name(), link);
        IOException failure = null;
        boolean any = false;
        for (MulticastGroup group : List.of(ip4, ip6)) {
            try {
                group.join(card, (from, message) -> linkOf(from).ifPresent(on -> receiver.received(on, message)));
                any = true;
            } catch (IOException e) {
                LOG.debug("no multicast DNS on {}: {}", link.name(), e.toString());
                failure = e;
            }
        }
        if (!any && failure != null) {
            joined.remove(link.name());
            throw failure;
        }
    }

    /** The link that a sender is on, if it is on one. */
    private Optional<Link> linkOf(InetAddress from) {
        NetworkInterface scope = from instanceof Inet6Address ip ? ip.getScopedInterface() : null;
        if (scope != null) {
            return Optional.ofNullable(joined.get(scope.getName()));
        }
        ByteBuffer ip = ByteBuffer.wrap(from.getAddress());
        return joined.values().stream().filter(link -> link.reaches(ip)).findFirst();
    }

    @Override
    public void leave(Link link) {
        if (joined.remove(link.name()) != null) {
            ip4.leave(link.name());
            ip6.leave(link.name());
        }
    }

    @Override
    public void send(Link link, byte[] message) throws IOException {
        NetworkInterface card = card(link);
        ip4.send(card, message);
        ip6.send(card, message);
    }

    private static NetworkInterface card(Link link) throws IOException {
        NetworkInterface card = NetworkInterface.getByName(link.name());
        if (card == null) {
            throw new IOException("no interface has the name " + link.name() + " any more");
        }
        return card;
    }

    @Override
    public void close() {
        joined.clear();
        ip4.close();
        ip6.close();
    }
}
