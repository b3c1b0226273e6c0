// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;

/** Peers for tests. */
public final class Peers {

    private Peers() {
    }

    public static Identity identity() {
        return Identity.generate(new SecureRandom());
    }

    public static PeerId id() {
        try (Identity identity = identity()) {
            return identity.id();
        }
    }

    public static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts).map(Multiaddr::of).toList();
    }

    /** What the peer signs about itself. */
    public static byte[] record(Identity of, long sequence, String... addresses) {
        return new PeerRecord(of.id(), sequence, addresses(addresses)).seal(of).toBytes();
    }
}
