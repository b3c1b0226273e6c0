// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which IP addresses are of the public internet. All others are never dialled on a stranger's request: what answers
 * there (the router's menu, a cloud's metadata service at 169.254.169.254, a database on loopback) was not meant to.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA: IPv4 special-purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA: IPv6 special-purpose addresses</a>
 */
public final class IpScope {

    private record Range(byte[] prefix, int bits) {

        static Range of(String text) {
            String[] parts = text.split("/");
            try {
                return new Range(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> NOT_PUBLIC = Stream.of(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20").map(Range::of)
            .toList();

    /** Only these are given out to the public at all. */
    private static final List<Range> GLOBAL_6 = List.of(Range.of("2000::/3"), Range.of("64:ff9b::/96"));

    private static final Range TRANSLATED = Range.of("64:ff9b::/96");

    private IpScope() {
    }

    /** Whether an address is of the public internet; one that is mapped into IPv6 is as public as what it stands for. */
    public static boolean isPublic(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        if (TRANSLATED.contains(bytes)) {
            return isPublic(last4(bytes));
        }
        boolean special = NOT_PUBLIC.stream().anyMatch(range -> range.contains(bytes));
        return !special && (!(ip instanceof Inet6Address) || GLOBAL_6.stream().anyMatch(range -> range.contains(bytes)));
    }

    /**
     * The network that an address belongs to, coarse enough that one owner rarely has many: the first 16 bits of IPv4,
     * the first 32 of IPv6. What must come from different parties must come from different ones of these.
     */
    public static String network(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 2 : 4);
    }

    private static InetAddress last4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a length of its own", e);
        }
    }
}
