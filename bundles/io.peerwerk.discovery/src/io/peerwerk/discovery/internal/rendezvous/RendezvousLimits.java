// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.time.Duration;

/**
 * What a point takes.
 *
 * @param perPeer      registrations of one peer
 * @param total        registrations in all
 * @param bytes        bytes of them in all, records and namespaces
 * @param maxNamespace bytes of a namespace
 * @param minTtl       the shortest life of a registration; shorter ones make more work
 * @param defaultTtl   what is meant by none
 * @param maxTtl       the longest life; longer ones keep records of peers that are gone
 * @param page         registrations in one answer
 * @param pageBytes    bytes of them in one answer
 */
public record RendezvousLimits(int perPeer, int total, long bytes, int maxNamespace, Duration minTtl,
        Duration defaultTtl, Duration maxTtl, int page, int pageBytes) {

    /** The specification's figures; of registrations rust-libp2p's, which are smaller. */
    public static RendezvousLimits standard() {
        return new RendezvousLimits(32, 10_000, 16 << 20, 255, Duration.ofHours(2), Duration.ofHours(2),
                Duration.ofHours(72), RendezvousCodec.MAX_REGISTRATIONS, RendezvousCodec.MAX_ANSWER / 2);
    }
}
