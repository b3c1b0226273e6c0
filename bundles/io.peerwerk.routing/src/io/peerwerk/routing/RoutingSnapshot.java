// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing;

import java.time.Instant;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * What this node knows of the tables' peers at one moment.
 *
 * @param tables one for public peers and one for local ones
 */
public record RoutingSnapshot(List<Table> tables) {

    /** Copies the list. */
    public RoutingSnapshot {
        tables = List.copyOf(tables);
    }

    /** How many peers stand in all tables. */
    public int size() {
        return tables.stream().flatMap(table -> table.buckets().stream()).mapToInt(bucket -> bucket.peers().size()).sum();
    }

    /**
     * One table.
     *
     * @param protocol      the protocol that its peers speak
     * @param serving       whether this node answers others
     * @param networkSize   how many peers there seem to be, 0 while that is unknown
     * @param providers     announcements of others that are kept
     * @param records       values of others that are kept
     * @param buckets       those that are not empty, the farthest first
     */
    public record Table(String protocol, boolean serving, long networkSize, int providers, int records,
            List<Bucket> buckets) {

        /** Copies the list. */
        public Table {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * The peers whose keys share so many leading bits with this peer's key, and not the next one.
     *
     * @param sharedBits 0 to 255
     * @param peers      those seen longest ago first
     */
    public record Bucket(int sharedBits, List<Entry> peers) {

        /** Copies the list. */
        public Bucket {
            peers = List.copyOf(peers);
        }
    }

    /**
     * A peer in a bucket.
     *
     * @param addedAt  when it answered for the first time
     * @param lastSeen when it answered last
     */
    public record Entry(PeerId peer, List<Multiaddr> addresses, Instant addedAt, Instant lastSeen) {

        /** Copies the list. */
        public Entry {
            addresses = List.copyOf(addresses);
        }
    }
}
