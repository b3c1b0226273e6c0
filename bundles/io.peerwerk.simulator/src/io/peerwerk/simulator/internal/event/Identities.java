// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.wire.Contact;

/** Numbered peers with keys that are no secret, and made-up addresses. */
final class Identities {

    private final List<Identity> identities = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();

    Contact contact(int number) {
        while (contacts.size() <= number) {
            int next = contacts.size();
            Identity identity = Identity.generate(new Told(next));
            identities.add(identity);
            contacts.add(new Contact(identity.id(), List.of(address(next))));
            numbers.put(identity.id(), next);
        }
        return contacts.get(number);
    }

    /** The keys of a peer. */
    Identity identity(int number) {
        contact(number);
        return identities.get(number);
    }

    /** The number of a peer that {@link #contact} has made. */
    int number(PeerId id) {
        Integer number = numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("no peer of ours: " + id);
        }
        return number;
    }

    private static Multiaddr address(int number) {
        return Multiaddr.of("/ip4/10." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + "."
                + (number & 0xff) + "/tcp/4001");
    }

    /** No chance at all: the same key for a number each time. */
    private static final class Told extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final int number;

        Told(int number) {
            this.number = number;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            ByteBuffer.wrap(bytes).putInt(number).putInt(number * 0x9E3779B9);
        }
    }
}
