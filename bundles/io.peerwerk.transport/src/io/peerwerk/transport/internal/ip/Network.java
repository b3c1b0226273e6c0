// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.ip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;

/**
 * A range of IP addresses (RFC 4632, RFC 4291), such as {@code 192.0.2.0/24} or {@code 2001:db8::/48}. Value equality.
 *
 * @param prefix the first address: 4 or 16 bytes, zero behind the length
 * @param length bits of the prefix that count
 */
public record Network(byte[] prefix, int length) {

    /** The network of some length that an address is in. */
    public static Network of(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int bit = length; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Network(bytes, length);
    }

    /**
     * Reads an address, or one with a length; never asks a name server.
     *
     * @throws FormatException if it is neither, or has bits set behind its length
     */
    public static Network parse(String text) throws FormatException {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        int bits = 8 * address.getAddress().length;
        int length = slash < 0 ? bits : number(text.substring(slash + 1), bits);
        Network network = of(address, length);
        if (!Arrays.equals(network.prefix, address.getAddress())) {
            throw new FormatException("not a network, it has bits behind its length: " + text);
        }
        return network;
    }

    private static InetAddress literal(String text) throws FormatException {
        boolean plain = text.indexOf(':') >= 0 ? text.matches("[0-9a-fA-F:.]+") : text.matches("[0-9]+(\\.[0-9]+){3}");
        try {
            if (plain) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // told below
        }
        throw new FormatException("not an IP address: " + text);
    }

    private static int number(String text, int most) throws FormatException {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw new FormatException("not a length of a network: " + text);
        }
        return Integer.parseInt(text);
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        int whole = length / 8;
        int mask = 0xff00 >> length % 8 & 0xff;
        return Arrays.equals(bytes, 0, whole, prefix, 0, whole)
                && (mask == 0 || ((bytes[whole] ^ prefix[whole]) & mask) == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that && length == that.length && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * length + Arrays.hashCode(prefix);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + '/' + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
