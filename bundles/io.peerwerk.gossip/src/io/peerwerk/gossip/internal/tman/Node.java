// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * A peer in a topology. Immutable, so that one node can stand in the views of any number of peers.
 *
 * @param contact the peer
 * @param key its place on the ring and in the XOR space: the first 64 bits of the SHA-256 of its id, as in Kademlia
 * @param coordinates where it was when it was last heard of; the origin where it did not say
 */
public record Node(Contact contact, long key, Coordinates coordinates) {

    /** The node of a peer, at the place that its id has. */
    public static Node of(Contact contact, Coordinates coordinates) {
        return new Node(contact, key(contact.id()), coordinates);
    }

    public PeerId id() {
        return contact.id();
    }

    /** Whether both are of one peer; the keys tell nearly always that they are not. */
    boolean isSamePeer(Node other) {
        return key == other.key && id().equals(other.id());
    }

    Node at(Coordinates other) {
        return new Node(contact, key, other);
    }

    private static long key(PeerId id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.toBytes());
            long key = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                key = key << Byte.SIZE | hash[i] & 0xff;
            }
            return key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
