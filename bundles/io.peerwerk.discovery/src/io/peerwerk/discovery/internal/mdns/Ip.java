// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/** The IP address that a multiaddr begins with, as its four or sixteen bytes. */
final class Ip {

    private Ip() {
    }

    /** The bytes, or nothing if the address begins with a name or something else. */
    static Optional<ByteBuffer> of(Multiaddr address) {
        // The codes of both protocols take one byte as a varint.
        return switch (address.components().getFirst().protocol()) {
            case Protocol.IP4 -> Optional.of(ByteBuffer.wrap(address.toBytes(), 1, 4).slice().asReadOnlyBuffer());
            case Protocol.IP6 -> Optional.of(ByteBuffer.wrap(address.toBytes(), 1, 16).slice().asReadOnlyBuffer());
            default -> Optional.empty();
        };
    }
}
