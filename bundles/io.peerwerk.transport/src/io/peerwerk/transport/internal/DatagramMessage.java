// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Datagrams;

/**
 * One datagram with the protocol it belongs to.
 *
 * <pre>
 *   varint  bytes of the name, 1 to 255
 *   name    UTF-8
 *   payload the rest
 * </pre>
 */
record DatagramMessage(String protocol, byte[] payload) {

    DatagramMessage {
        int name = protocol.getBytes(StandardCharsets.UTF_8).length;
        if (name == 0 || name > Datagrams.MAX_NAME) {
            throw new IllegalArgumentException("a protocol's name has 1 to 255 bytes, not " + name);
        }
    }

    /** Bytes in front of the payload. */
    static int overhead(String protocol) {
        int name = protocol.getBytes(StandardCharsets.UTF_8).length;
        return Varint.size(name) + name;
    }

    /** Reads a datagram. */
    static DatagramMessage parse(byte[] datagram) throws FormatException {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        long length = Varint.read(in);
        if (length == 0 || length > Datagrams.MAX_NAME || length > in.remaining()) {
            throw new FormatException("a protocol's name of " + length + " bytes in " + datagram.length);
        }
        ByteBuffer name = in.slice(in.position(), (int) length);
        byte[] payload = new byte[in.remaining() - (int) length];
        in.get(in.position() + (int) length, payload);
        try {
            return new DatagramMessage(StandardCharsets.UTF_8.newDecoder().decode(name).toString(), payload);
        } catch (CharacterCodingException e) {
            throw new FormatException("a protocol's name that is not UTF-8");
        }
    }

    /** The datagram. */
    byte[] toBytes() {
        byte[] name = protocol.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Varint.size(name.length) + name.length + payload.length)
                .put(Varint.encode(name.length)).put(name).put(payload).array();
    }
}
