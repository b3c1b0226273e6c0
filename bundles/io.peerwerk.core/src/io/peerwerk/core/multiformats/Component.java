// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import io.peerwerk.core.wire.FormatException;

/**
 * One protocol of a {@link Multiaddr} with its value.
 *
 * <pre>
 *   | protocol: varint | value |                      where the protocol sets the length
 *   | protocol: varint | length: varint | value |     where it varies
 * </pre>
 *
 * @param protocol what is spoken
 * @param value to whom or where, as text in its one spelling; empty where the protocol takes none
 */
public record Component(Protocol protocol, String value) {

    /** @throws IllegalArgumentException if the protocol does not take this value, or not in this spelling */
    public Component {
        try {
            check(protocol, value);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads what follows after the protocol's name in the text form, with the slash in front; in any spelling. */
    static Component parse(Protocol protocol, String text) throws FormatException {
        AddressValue form = protocol.value();
        String value = text.substring(Math.min(form.separator().length(), text.length()));
        return new Component(protocol, form.toText(form.toBytes(value)));
    }

    /** Reads one component and leaves the buffer's position after it. */
    static Component read(ByteBuffer in) throws FormatException {
        long code = Varint.read(in);
        Protocol protocol = Protocol.of(code)
                .orElseThrow(() -> new FormatException("an address has the unknown protocol " + code));
        int size = protocol.value().size();
        long length = size == AddressValue.VARIABLE ? Varint.read(in) : size;
        if (length > in.remaining()) {
            throw new FormatException("an address is cut off");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        String value = protocol.value().toText(bytes);
        check(protocol, value);
        return new Component(protocol, value);
    }

    private static void check(Protocol protocol, String value) throws FormatException {
        AddressValue form = protocol.value();
        if (!form.toText(form.toBytes(value)).equals(value)) {
            throw new FormatException("the value of " + protocol + " is not spelled as it should be");
        }
    }

    void write(ByteArrayOutputStream out) {
        byte[] bytes = bytes();
        out.writeBytes(Varint.encode(protocol.code()));
        if (protocol.value().size() == AddressValue.VARIABLE) {
            out.writeBytes(Varint.encode(bytes.length));
        }
        out.writeBytes(bytes);
    }

    private byte[] bytes() {
        try {
            return protocol.value().toBytes(value);
        } catch (FormatException e) {
            throw new IllegalStateException("the value was checked when it was made", e);
        }
    }

    /** The text form: "/tcp/4001", "/ws", "/unix/tmp/socket". */
    @Override
    public String toString() {
        return "/" + protocol.text() + protocol.value().separator() + value;
    }
}
