// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How far a peer has read, kept by that peer alone.
 *
 * <pre>
 *   +----------+-------------+---------------------+
 *   | life 3   | position 5  | namespace 0..255    |
 *   +----------+-------------+---------------------+
 * </pre>
 *
 * <p>rust-libp2p looks into cookies, also into those of others, and wants them as eight bytes and the namespace. Whoever
 * makes one up misses registrations, or gets some twice; there is nothing else to gain, so it is not signed.
 *
 * @param life      random, another one each time the point starts: positions of an earlier life mean nothing
 * @param position  the number of the last registration that was read, below 2^40
 * @param namespace where
 */
record Cookie(int life, long position, String namespace) {

    static final int MAX_LIFE = (1 << 24) - 1;
    static final long MAX_POSITION = (1L << 40) - 1;

    private static final int FIXED = 8;

    Opaque toBytes() {
        byte[] text = namespace.getBytes(StandardCharsets.UTF_8);
        return new Opaque(ByteBuffer.allocate(FIXED + text.length).putLong((long) life << 40 | position).put(text).array());
    }

    /** Nothing if that is no cookie of ours. */
    static Optional<Cookie> read(Opaque bytes, int maxNamespace) {
        ByteBuffer in = ByteBuffer.wrap(bytes.bytes());
        if (in.remaining() < FIXED || in.remaining() > FIXED + maxNamespace) {
            return Optional.empty();
        }
        long head = in.getLong();
        try {
            CharBuffer namespace = StandardCharsets.UTF_8.newDecoder().decode(in);
            return Optional.of(new Cookie((int) (head >>> 40), head & MAX_POSITION, namespace.toString()));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
