// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
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

    /** With as many addresses as a peer may have, of nearly the greatest length. */
    public static Contact longContact(int number) {
        return new Contact(id(number), IntStream.range(0, Member.MAX_ADDRESSES).mapToObj(i -> Multiaddr.of(
                "/ip6/2001:db8::" + (i + 1) + "/tcp/4001/ws/ip4/1.2.3.4/tcp/1" + "/ws/ip6/::1/tcp/6".repeat(4)))
                .toList());
    }

    public static Multiaddr address(int number) {
        return Multiaddr.of("/ip4/10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "." + (number & 0xff)
                + "/tcp/4001");
    }
}
