// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.peerwerk.core.wire.FormatException;

/**
 * IP addresses as text, read without ever asking a name server. IPv6 is written as RFC 5952 recommends: lower case, the
 * longest run of zeros as "::", an embedded IPv4 address with dots.
 */
final class IpAddress {

    private static final int GROUPS = 8;

    private IpAddress() {
    }

    static byte[] parse4(String text) throws FormatException {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (parts.length != bytes.length) {
            throw new FormatException("an IPv4 address has four numbers");
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) decimal(parts[i], 0xFF);
        }
        return bytes;
    }

    /** A decimal number from 0 up to the limit, of at most five digits and with no needless zero in front. */
    static int decimal(String text, int max) throws FormatException {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > 1 && text.startsWith("0") || Integer.parseInt(text) > max) {
            throw new FormatException("a number is not one of 0 to " + max);
        }
        return Integer.parseInt(text);
    }

    static String format4(byte[] bytes, int at) {
        return IntStream.range(at, at + 4).mapToObj(i -> Integer.toString(bytes[i] & 0xFF))
                .collect(Collectors.joining("."));
    }

    static byte[] parse6(String text) throws FormatException {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        int missing = GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw new FormatException("not an IPv6 address");
        }
        ByteBuffer bytes = ByteBuffer.allocate(16);
        head.forEach(g -> bytes.putShort(g.shortValue()));
        bytes.position(bytes.position() + 2 * missing);
        tail.forEach(g -> bytes.putShort(g.shortValue()));
        return bytes.array();
    }

    /** The 16-bit groups between colons; the last one may be an IPv4 address where the text ends there. */
    private static List<Integer> groups(String text, boolean atEnd) throws FormatException {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (atEnd && i == parts.length - 1 && parts[i].contains(".")) {
                int address = ByteBuffer.wrap(parse4(parts[i])).getInt();
                groups.add(address >>> 16);
                groups.add(address & 0xFFFF);
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(HexFormat.fromHexDigits(parts[i]));
            } else {
                throw new FormatException("not an IPv6 address");
            }
        }
        return groups;
    }

    static String format6(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong(0) == 0 && in.getInt(8) == 0xFFFF) {
            return "::ffff:" + format4(bytes, 12);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = in.getShort() & 0xFFFF;
        }
        int gap = longestGap(groups);
        if (gap < 0) {
            return hex(groups, 0, GROUPS);
        }
        return hex(groups, 0, gap) + "::" + hex(groups, gap + zeros(groups, gap), GROUPS);
    }

    /** Where the longest run of at least two zeros begins, the first of equally long ones, or -1. */
    private static int longestGap(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            if (zeros(groups, i) > length) {
                best = i;
                length = zeros(groups, i);
            }
        }
        return best;
    }

    private static int zeros(int[] groups, int from) {
        int to = from;
        while (to < GROUPS && groups[to] == 0) {
            to++;
        }
        return to - from;
    }

    private static String hex(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
