// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.PeerRow;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Routing view shows at one moment.
 *
 * @param notice what to say instead, null where the rest says something
 * @param tables the figures of each table
 * @param buckets the buckets that are not empty, table by table, the farthest first
 * @param peers the peer that was looked for and found, then those of the buckets in the same order
 * @param search how the search for a peer stands
 */
public record RoutingModel(@Nullable Notice notice, List<Table> tables, List<Bucket> buckets, List<Entry> peers,
        PeerSearch.State search) {

    private static final String PUBLIC = "/ipfs/kad/1.0.0"; //$NON-NLS-1$
    private static final String LOCAL = "/ipfs/lan/kad/1.0.0"; //$NON-NLS-1$

    /**
     * A table's figures.
     *
     * @param name what the user calls it
     * @param peers how many peers stand in it
     * @param figures the rest, as the module tells it
     */
    public record Table(String name, int peers, RoutingSnapshot.Table figures) {
    }

    /** How many peers stand in a bucket of the table of this name. */
    public record Bucket(String table, int sharedBits, int peers) {
        /** So many peers it takes: the k of Kademlia as libp2p has it. */
        static final int FULL = 20;

        /** What makes it the same line when its figures change. */
        Object identity() {
            return List.of(table, sharedBits);
        }

        boolean same(Bucket other) {
            return identity().equals(other.identity());
        }

        /** How full it is, 0 to 1. */
        double share() {
            return Math.min(1, (double) peers / FULL);
        }
    }

    /**
     * A peer.
     *
     * @param bucket where it stands, null for one that was looked for and found
     * @param addedAt when it answered for the first time, null for one that was found
     * @param lastSeen when it answered last, null for one that was found
     */
    public record Entry(@Nullable Bucket bucket, PeerId peer, List<Multiaddr> addresses, @Nullable Instant addedAt,
            @Nullable Instant lastSeen) implements PeerRow {
        public Entry {
            addresses = List.copyOf(addresses);
        }

        /** What makes it the same line when its figures change. */
        Object identity() {
            return List.of(table(), peer);
        }

        /** The name of its table, or that it was found. */
        String table() {
            return bucket == null ? Messages.Routing_found : bucket.table();
        }
    }

    public RoutingModel {
        tables = List.copyOf(tables);
        buckets = List.copyOf(buckets);
        peers = List.copyOf(peers);
    }

    /** Nothing but this notice. */
    static RoutingModel of(Notice notice) {
        return new RoutingModel(notice, List.of(), List.of(), List.of(), new PeerSearch.Idle());
    }

    /** What the module knows and what a search has found. */
    static RoutingModel of(RoutingSnapshot snapshot, PeerSearch.State search) {
        List<Table> tables = new ArrayList<>();
        List<Bucket> buckets = new ArrayList<>();
        List<Entry> peers = new ArrayList<>();
        if (search instanceof PeerSearch.Found found) {
            peers.add(new Entry(null, found.peer(), found.addresses(), null, null));
        }
        for (RoutingSnapshot.Table table : snapshot.tables()) {
            String name = name(table.protocol());
            int size = 0;
            for (RoutingSnapshot.Bucket each : table.buckets()) {
                Bucket bucket = new Bucket(name, each.sharedBits(), each.peers().size());
                buckets.add(bucket);
                entries(bucket, each).forEach(peers::add);
                size += each.peers().size();
            }
            tables.add(new Table(name, size, table));
        }
        return new RoutingModel(null, tables, buckets, peers, search);
    }

    private static Stream<Entry> entries(Bucket bucket, RoutingSnapshot.Bucket from) {
        return from.peers().stream().map(e -> new Entry(bucket, e.peer(), e.addresses(), e.addedAt(), e.lastSeen()));
    }

    private static String name(String protocol) {
        return switch (protocol) {
            case PUBLIC -> Messages.Routing_public;
            case LOCAL -> Messages.Routing_local;
            default -> protocol;
        };
    }
}
