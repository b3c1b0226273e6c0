// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.nio.ByteBuffer;

/**
 * An address that this machine has on a link, and which others are reached on the same link without a router.
 *
 * @param ip   four or sixteen bytes
 * @param bits how many bits of it all addresses of the link begin with
 */
public record OwnAddress(ByteBuffer ip, int bits) {

    /** @throws IllegalArgumentException if there are more bits than the address has */
    public OwnAddress {
        ip = ip.slice().asReadOnlyBuffer();
        if (bits < 0 || bits > 8 * ip.remaining()) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits");
        }
    }

    /** Whether the other address is on the link too. */
    public boolean isNextTo(ByteBuffer other) {
        if (other.remaining() != ip.remaining()) {
            return false;
        }
        for (int i = 0; 8 * i < bits; i++) {
            int mask = 0xff << Math.max(0, 8 - (bits - 8 * i));
            if (((ip.get(i) ^ other.get(other.position() + i)) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
