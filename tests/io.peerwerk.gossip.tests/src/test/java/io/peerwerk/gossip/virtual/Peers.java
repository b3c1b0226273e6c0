// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.nio.ByteBuffer;
import java.util.List;

import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/** Peers with made-up keys. */
public final class Peers {

    private Peers() {
    }

    public static PeerId id(int number) {
        byte[] key = ByteBuffer.allocate(32).putInt(number).putInt(number * 0x9E3779B9).array();
        return PeerId.of(new PublicKey(KeyType.ED25519, key));
    }

    public static Contact contact(int number) {
        return new Contact(id(number), List.of(address(number)));
    }

    public static Multiaddr address(int number) {
        return Multiaddr.of("/ip4/10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "." + (number & 0xff)
                + "/tcp/4001");
    }
}
