// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer is and how to get there: protocols with their values, from the outermost inwards, such as
 * {@code /ip4/192.0.2.7/tcp/4001/p2p/12D3KooW...}. It need not end with a peer, and it may pass one on the way, as in
 * {@code .../p2p/relay/p2p-circuit/p2p/target}.
 *
 * <p>An address has at least one component and at most {@value #MAX_BYTES} bytes. It is not said that all its protocols
 * can be stacked this way, nor that we can dial it.
 *
 * @see <a href="https://github.com/multiformats/multiaddr">multiaddr</a>
 */
public final class Multiaddr {

    /** The longest binary form, in bytes. */
    public static final int MAX_BYTES = 1024;
    /** The longest text form that is read, in characters; two bytes can be as long a name as "/webrtc-direct". */
    public static final int MAX_TEXT = 8 * MAX_BYTES;

    private final List<Component> components;

    private Multiaddr(List<Component> components) {
        this.components = List.copyOf(components);
    }

    /** Reads the text form. */
    public static Multiaddr parse(String text) throws FormatException {
        if (text.length() > MAX_TEXT || !text.startsWith("/")) {
            throw new FormatException("an address begins with a slash and has at most " + MAX_TEXT + " characters");
        }
        List<Component> components = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int nameEnd = AddressValue.slash(text, at + 1);
            Protocol protocol = Protocol.named(text.substring(at + 1, nameEnd))
                    .orElseThrow(() -> new FormatException("an address has an unknown protocol"));
            at = protocol.value().end(text, nameEnd);
            components.add(Component.parse(protocol, text.substring(nameEnd, at)));
        }
        return checked(components);
    }

    /**
     * As {@link #parse}, for a literal in our own code.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public static Multiaddr of(String text) {
        try {
            return parse(text);
        } catch (FormatException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Reads the binary form, which must fill the given bytes. */
    public static Multiaddr read(byte[] bytes) throws FormatException {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new FormatException("an address cannot have " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Component> components = new ArrayList<>();
        while (in.hasRemaining()) {
            components.add(Component.read(in));
        }
        return checked(components);
    }

    /** The address of a TCP socket. The scope of an IPv6 address becomes a zone, an unresolved name a {@code /dns}. */
    public static Multiaddr tcp(InetSocketAddress address) {
        return new Multiaddr(socket(address, Protocol.TCP));
    }

    /** The address of a UDP socket, written as {@link #tcp} writes those of TCP. */
    public static Multiaddr udp(InetSocketAddress address) {
        return new Multiaddr(socket(address, Protocol.UDP));
    }

    private static List<Component> socket(InetSocketAddress address, Protocol transport) {
        List<Component> components = new ArrayList<>(3);
        InetAddress ip = address.getAddress();
        if (ip == null) {
            components.add(new Component(Protocol.DNS, address.getHostString()));
        } else if (ip instanceof Inet6Address ip6) {
            zone(ip6).ifPresent(zone -> components.add(new Component(Protocol.IP6ZONE, zone)));
            components.add(new Component(Protocol.IP6, IpAddress.format6(ip6.getAddress())));
        } else {
            components.add(new Component(Protocol.IP4, IpAddress.format4(ip.getAddress(), 0)));
        }
        components.add(new Component(transport, Integer.toString(address.getPort())));
        return components;
    }

    /** The components from the outermost inwards; unmodifiable, at least one. */
    public List<Component> components() {
        return components;
    }

    /** The value of the first component of this protocol; empty text where the protocol takes none. */
    public Optional<String> value(Protocol protocol) {
        return components.stream().filter(c -> c.protocol() == protocol).map(Component::value).findFirst();
    }

    /** Whether a component of this protocol is there. */
    public boolean has(Protocol protocol) {
        return components.stream().anyMatch(c -> c.protocol() == protocol);
    }

    /**
     * This address with the other one inside.
     *
     * @throws IllegalArgumentException if the result is longer than {@value #MAX_BYTES} bytes or goes on after a path
     */
    public Multiaddr encapsulate(Multiaddr inner) {
        List<Component> all = new ArrayList<>(components);
        all.addAll(inner.components);
        try {
            return checked(all);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * This address with the given peer at its end, in place of the one that may be there. One that ends with a path,
     * which takes all the rest, has no room for a peer and stays as it is.
     */
    public Multiaddr withPeer(PeerId peer) {
        if (last().protocol() == Protocol.UNIX) {
            return this;
        }
        var end = new Multiaddr(List.of(new Component(Protocol.P2P, peer.toString())));
        int kept = withoutPeerCount();
        return kept == 0 ? end : new Multiaddr(components.subList(0, kept)).encapsulate(end);
    }

    /**
     * This address without the peer at its end; the same address if there is none.
     *
     * @throws IllegalArgumentException if the peer is all there is
     */
    public Multiaddr withoutPeer() {
        int kept = withoutPeerCount();
        if (kept == 0) {
            throw new IllegalArgumentException("nothing is left of " + this + " without the peer");
        }
        return kept == components.size() ? this : new Multiaddr(components.subList(0, kept));
    }

    /** The peer at the end of the address. A peer on the way, such as a relay, is not meant. */
    public Optional<PeerId> peer() {
        if (last().protocol() != Protocol.P2P) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeerId.parse(last().value()));
        } catch (FormatException e) {
            throw new IllegalStateException("the value was checked when it was made", e);
        }
    }

    /**
     * The socket to dial or listen on, if this is a plain TCP address: a host, a port, perhaps the peer, and nothing
     * else; as {@link #socketAddress} gives it.
     */
    public Optional<InetSocketAddress> tcpAddress() {
        int end = socketEnd();
        boolean plain = end > 0 && withoutPeerCount() == end && components.get(end - 1).protocol() == Protocol.TCP;
        return plain ? socketAddress() : Optional.empty();
    }

    /**
     * The socket in front of the address, of TCP or UDP, whatever is spoken over it: of a relayed address that of the
     * relay. A DNS name gives an unresolved socket address, that of a {@code /dnsaddr} too, though its addresses stand
     * in TXT records. A zone that this machine has not got is left out.
     */
    public Optional<InetSocketAddress> socketAddress() {
        int end = socketEnd();
        if (end == 0) {
            return Optional.empty();
        }
        Component host = components.get(end - 2);
        int port = Integer.parseInt(components.get(end - 1).value());
        String zone = end == 2 ? null : components.get(0).value();
        return switch (host.protocol()) {
            case IP4 -> zone == null ? Optional.of(new InetSocketAddress(ip(host, null), port)) : Optional.empty();
            case IP6 -> Optional.of(new InetSocketAddress(ip(host, zone), port));
            case DNS, DNS4, DNS6, DNSADDR -> Optional.of(InetSocketAddress.createUnresolved(host.value(), port));
            default -> Optional.empty();
        };
    }

    /**
     * This address with another socket in front, of the same transport: what was a wildcard or a name becomes the
     * address of an interface, what is spoken over it stays.
     *
     * @throws IllegalArgumentException if there is no socket in front
     */
    public Multiaddr withSocket(InetSocketAddress socket) {
        int end = socketEnd();
        if (end == 0) {
            throw new IllegalArgumentException("no socket is in front of " + this);
        }
        List<Component> all = socket(socket, components.get(end - 1).protocol());
        all.addAll(components.subList(end, components.size()));
        return new Multiaddr(all);
    }

    /** How many components name the socket in front; 0 if none is there. */
    private int socketEnd() {
        int end = components.get(0).protocol() == Protocol.IP6ZONE ? 3 : 2;
        if (components.size() < end) {
            return 0;
        }
        Protocol last = components.get(end - 1).protocol();
        return last == Protocol.TCP || last == Protocol.UDP ? end : 0;
    }

    /** The binary form. */
    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        components.forEach(c -> c.write(out));
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        return components.stream().map(Component::toString).collect(Collectors.joining());
    }

    private Component last() {
        return components.get(components.size() - 1);
    }

    private int withoutPeerCount() {
        return components.size() - (last().protocol() == Protocol.P2P ? 1 : 0);
    }

    private static Multiaddr checked(List<Component> components) throws FormatException {
        var address = new Multiaddr(components);
        if (components.subList(0, components.size() - 1).stream().anyMatch(c -> c.protocol() == Protocol.UNIX)) {
            throw new FormatException("an address goes on after a path, which takes all the rest");
        }
        int length = address.toBytes().length;
        if (length > MAX_BYTES) {
            throw new FormatException("an address of " + length + " bytes is longer than " + MAX_BYTES);
        }
        return address;
    }

    private static Optional<String> zone(Inet6Address address) {
        if (address.getScopedInterface() != null) {
            return Optional.of(address.getScopedInterface().getName());
        }
        return address.getScopeId() == 0 ? Optional.empty() : Optional.of(Integer.toString(address.getScopeId()));
    }

    /** The address itself, with no name server asked. */
    private static InetAddress ip(Component host, @Nullable String zone) {
        try {
            byte[] bytes = host.protocol().value().toBytes(host.value());
            return zone == null ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope(zone));
        } catch (FormatException | UnknownHostException e) {
            throw new IllegalStateException("the value was checked when it was made", e);
        }
    }

    /** The number of the interface, or -1 if there is none of this name. */
    private static int scope(String zone) {
        if (zone.matches("[0-9]{1,9}")) {
            return Integer.parseInt(zone);
        }
        try {
            NetworkInterface here = NetworkInterface.getByName(zone);
            return here == null ? -1 : here.getIndex();
        } catch (SocketException e) {
            return -1;
        }
    }
}
