// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/** Peers with keys that are no secret. */
public final class Peers {

    private Peers() {
    }

    private static final Map<Integer, Identity> IDENTITIES = new ConcurrentHashMap<>();

    /** Always the same for a number. */
    public static Identity identity(int number) {
        return IDENTITIES.computeIfAbsent(number, n -> {
            byte[] seed = ByteBuffer.allocate(32).putInt(n).putInt(n * 0x9E3779B9).array();
            return Identity.generate(new SecureRandom() {
                private static final long serialVersionUID = 1L;

                @Override
                public void nextBytes(byte[] bytes) {
                    System.arraycopy(seed, 0, bytes, 0, bytes.length);
                }
            });
        });
    }

    public static PeerId id(int number) {
        return identity(number).id();
    }

    public static Contact contact(int number) {
        return new Contact(id(number), List.of(address(number)));
    }

    public static Multiaddr address(int number) {
        return Multiaddr.of("/ip4/10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "." + (number & 0xff)
                + "/tcp/4001");
    }
}
