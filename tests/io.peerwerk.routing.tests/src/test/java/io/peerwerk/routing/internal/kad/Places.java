// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.Octets;

/** Peers and keys for tests, by chance. */
final class Places {

    private final RandomGenerator random;

    Places(RandomGenerator random) {
        this.random = random;
    }

    /** The id of a peer that nobody has the key of. */
    PeerId peer() {
        try {
            return PeerId.read(name());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A multihash of 32 random bytes: a key of content as well. */
    byte[] name() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Multihash(Multihash.SHA2_256, digest).toBytes();
    }

    Octets content() {
        return new Octets(name());
    }

    /** A peer whose place shares so many bits with the given one, and not the next. */
    PeerId peerAt(KadKey place, int sharedBits) {
        PeerId peer = peer();
        while (KadKey.of(peer).sharedBits(place) != sharedBits) {
            peer = peer();
        }
        return peer;
    }

    /** A peer whose place is nearer to the given one than this distance. */
    PeerId peerWithin(KadKey place, KadKey distance) {
        PeerId peer = peer();
        while (KadKey.of(peer).distance(place).compareTo(distance) >= 0) {
            peer = peer();
        }
        return peer;
    }

    /** A public address in the given network of 16 bits, the numbers being below 200 each. */
    Multiaddr in(int first, int second) {
        return Multiaddr.of("/ip4/%d.%d.%d.%d/tcp/%d".formatted(first, second, random.nextInt(256), random.nextInt(1, 255),
                random.nextInt(1024, 65536)));
    }

    /** A public address in a network that hardly anybody else is in. */
    Multiaddr anywhere() {
        return in(random.nextInt(11, 99), random.nextInt(256));
    }

    Contact contact() {
        return new Contact(peer(), List.of(anywhere()));
    }

    List<Contact> contacts(int count) {
        return Stream.generate(this::contact).limit(count).toList();
    }
}
