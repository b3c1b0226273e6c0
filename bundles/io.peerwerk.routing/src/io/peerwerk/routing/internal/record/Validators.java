// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;

/** The validator of each namespace; a key of no namespace has no valid value. */
public final class Validators implements Validator {

    /** What the keys of public keys begin with. */
    public static final String PUBLIC_KEY = "/pk/";

    /** What the keys of names begin with. */
    public static final String NAME = "/ipns/";

    private static final Map<String, Validator> ALL = Map.of(
            PUBLIC_KEY, new PublicKeyValidator(), NAME, new NameValidator());

    @Override
    public Rank check(KadRecord record, Instant now) throws FormatException {
        for (Map.Entry<String, Validator> entry : ALL.entrySet()) {
            if (begins(record.key(), entry.getKey())) {
                return entry.getValue().check(record, now);
            }
        }
        throw new FormatException("a key of no known namespace");
    }

    /** The key of a namespace for a peer. */
    public static Octets key(String namespace, PeerId peer) {
        byte[] head = namespace.getBytes(StandardCharsets.US_ASCII);
        byte[] tail = peer.toBytes();
        byte[] key = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, key, head.length, tail.length);
        return new Octets(key);
    }

    /** The peer that a key of the namespace is about. */
    static PeerId peer(String namespace, Octets key) throws FormatException {
        if (!begins(key, namespace)) {
            throw new FormatException("the key does not begin with " + namespace);
        }
        return PeerId.read(Arrays.copyOfRange(key.bytes(), namespace.length(), key.length()));
    }

    private static boolean begins(Octets key, String namespace) {
        byte[] head = namespace.getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(head, Arrays.copyOf(key.bytes(), head.length));
    }
}
