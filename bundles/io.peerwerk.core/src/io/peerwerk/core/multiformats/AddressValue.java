// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;

/** How the value of a {@link Protocol} is written in an address, as text and in bytes. */
enum AddressValue {

    /** No value at all. */
    NONE(0, "") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            check(text.isEmpty(), "a protocol without value has one");
            return new byte[0];
        }

        @Override
        String toText(byte[] bytes) {
            return "";
        }
    },

    /** Port number, big-endian. */
    PORT(2, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            int port = IpAddress.decimal(text, 0xFFFF);
            return new byte[] {(byte) (port >> 8), (byte) port};
        }

        @Override
        String toText(byte[] bytes) {
            return Integer.toString(ByteBuffer.wrap(bytes).getShort() & 0xFFFF);
        }
    },

    IP4(4, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            return IpAddress.parse4(text);
        }

        @Override
        String toText(byte[] bytes) {
            return IpAddress.format4(bytes, 0);
        }
    },

    IP6(16, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            return IpAddress.parse6(text);
        }

        @Override
        String toText(byte[] bytes) {
            return IpAddress.format6(bytes);
        }
    },

    /** Name of a host or an interface: visible ASCII without a slash, so that it looks like what it is. */
    NAME(AddressValue.VARIABLE, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            check(!text.isEmpty() && text.length() <= MAX_NAME, "a name is empty or too long");
            check(text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '/'), "a name is not of visible ASCII");
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        String toText(byte[] bytes) throws FormatException {
            return utf8(bytes);
        }
    },

    /** Absolute path in a file system, in UTF-8, without control characters. */
    PATH(AddressValue.VARIABLE, "") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            check(text.length() > 1 && text.startsWith("/") && text.codePoints().noneMatch(Character::isISOControl),
                    "a path is empty, not absolute or has control characters");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            check(utf8(bytes).equals(text), "a path is not Unicode");
            return bytes;
        }

        @Override
        String toText(byte[] bytes) throws FormatException {
            return utf8(bytes);
        }
    },

    PEER(AddressValue.VARIABLE, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            return PeerId.parse(text).toBytes();
        }

        @Override
        String toText(byte[] bytes) throws FormatException {
            return PeerId.read(bytes).toString();
        }
    },

    /** Multihash; written in base 64 for URLs. */
    HASH(AddressValue.VARIABLE, "/") {
        @Override
        byte[] toBytes(String text) throws FormatException {
            check(text.length() <= Radix.MAX_TEXT, "a hash is too long");
            return Multihash.parse(Multibase.decode(text)).toBytes();
        }

        @Override
        String toText(byte[] bytes) throws FormatException {
            return Multibase.encode(Multibase.BASE64_URL, Multihash.parse(bytes).toBytes());
        }
    };

    static final int VARIABLE = -1;
    /** The longest host name that DNS knows, in characters. */
    private static final int MAX_NAME = 253;

    private final int size;
    private final String separator;

    AddressValue(int size, String separator) {
        this.size = size;
        this.separator = separator;
    }

    /** The value's length in bytes, or {@link #VARIABLE} if the length stands before it. */
    int size() {
        return size;
    }

    /** What stands between the protocol's name and the value in a text: a slash, or nothing if the value brings it. */
    String separator() {
        return separator;
    }

    /** Where the value ends in the text of an address, if the protocol's name ends at the given index. */
    int end(String text, int nameEnd) {
        return switch (this) {
            case NONE -> nameEnd;
            case PATH -> text.length();
            default -> slash(text, nameEnd + 1);
        };
    }

    /** The index of the next slash, or the text's length. */
    static int slash(String text, int from) {
        int at = text.indexOf('/', from);
        return at < 0 ? text.length() : at;
    }

    /** The binary form of a value, or why it is none. */
    abstract byte[] toBytes(String text) throws FormatException;

    /** The text form of a value that has the right size; {@link #toBytes} tells whether it is a good one. */
    abstract String toText(byte[] bytes) throws FormatException;

    private static void check(boolean good, String why) throws FormatException {
        if (!good) {
            throw new FormatException(why);
        }
    }

    private static String utf8(byte[] bytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a value in an address is not UTF-8", e);
        }
    }
}
