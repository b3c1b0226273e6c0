// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/** Numbered peers with made-up keys and addresses. */
final class Identities {

    private final List<Contact> contacts = new ArrayList<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();

    Contact contact(int number) {
        while (contacts.size() <= number) {
            var contact = make(contacts.size());
            numbers.put(contact.id(), contacts.size());
            contacts.add(contact);
        }
        return contacts.get(number);
    }

    /** The number of a peer that {@link #contact} has made. */
    int number(PeerId id) {
        Integer number = numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("no peer of ours: " + id);
        }
        return number;
    }

    private static Contact make(int number) {
        byte[] key = ByteBuffer.allocate(32).putInt(number).putInt(number * 0x9E3779B9).array();
        var address = Multiaddr.of("/ip4/10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "."
                + (number & 0xff) + "/tcp/4001");
        return new Contact(PeerId.of(new PublicKey(KeyType.ED25519, key)), List.of(address));
    }
}
