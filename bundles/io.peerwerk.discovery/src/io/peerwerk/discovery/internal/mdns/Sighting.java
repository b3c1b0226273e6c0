// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.dns.DomainName;
import io.peerwerk.discovery.internal.dns.ResourceRecord;

/**
 * What somebody says about a peer on the local network.
 *
 * @param peer      the peer
 * @param addresses where it is said to listen, without {@code /p2p}; none takes back what was said before
 */
public record Sighting(PeerId peer, List<Multiaddr> addresses) {

    /** Peers that are read from one message; each tells of itself alone. */
    static final int MAX_PEERS = 4;

    /** Addresses of one peer that are kept. */
    static final int MAX_ADDRESSES = 16;

    public Sighting {
        addresses = List.copyOf(addresses);
    }

    /**
     * The peers that a message tells of. Addresses of other kinds than this version knows, of other peers than the
     * first that is named, or off the link are left out, and so is a peer of which none is left.
     */
    public static List<Sighting> in(DnsMessage message, Link link) {
        if (!message.response()) {
            return List.of();
        }
        return message.answers().stream().map(Sighting::instance).flatMap(Optional::stream).distinct().limit(MAX_PEERS)
                .map(pointer -> read(message, pointer, link)).flatMap(Optional::stream).toList();
    }

    private static Optional<ResourceRecord.Pointer> instance(ResourceRecord record) {
        return record instanceof ResourceRecord.Pointer pointer && pointer.name().equals(Presence.SERVICE)
                && pointer.target().isChildOf(Presence.SERVICE) ? Optional.of(pointer) : Optional.empty();
    }

    private static Optional<Sighting> read(DnsMessage message, ResourceRecord.Pointer pointer, Link link) {
        List<Multiaddr> named = texts(message, pointer.target()).map(Sighting::address).flatMap(Optional::stream)
                .toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        PeerId peer = named.getFirst().peer().orElseThrow();
        List<Multiaddr> usable = named.stream().filter(address -> address.peer().filter(peer::equals).isPresent())
                .map(Multiaddr::withoutPeer).filter(link::believes).distinct().limit(MAX_ADDRESSES).toList();
        if (pointer.ttl() == 0) {
            return Optional.of(new Sighting(peer, List.of()));
        }
        return usable.isEmpty() ? Optional.empty() : Optional.of(new Sighting(peer, usable));
    }

    /** js- and go-libp2p differ in where the texts stand, and in whether there is one or one for each address. */
    private static Stream<String> texts(DnsMessage message, DomainName instance) {
        List<String> texts = new ArrayList<>();
        Stream.concat(message.answers().stream(), message.additionals().stream()).forEach(record -> {
            if (record instanceof ResourceRecord.Text text && text.name().equals(instance)) {
                texts.addAll(text.strings());
            }
        });
        return texts.stream().filter(text -> text.startsWith(Presence.ADDRESS)).limit(2L * MAX_ADDRESSES)
                .map(text -> text.substring(Presence.ADDRESS.length()));
    }

    private static Optional<Multiaddr> address(String text) {
        try {
            Multiaddr address = Multiaddr.parse(text);
            boolean complete = address.peer().isPresent() && address.components().size() > 1;
            return complete ? Optional.of(address) : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
