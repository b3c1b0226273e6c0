// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.util.List;
import java.util.Objects;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.PeerList;
import org.jspecify.annotations.Nullable;

/**
 * What the network may cost this node, and who may cost it. Kept in the home, so that it outlives the process; changed
 * with a {@link Change} while the node runs, at once and for connections that are open too.
 *
 * @param rates how fast bytes may move
 * @param connections open at the same time, three quarters of them at most from others; 0 for what the machine can take
 * @param memory bytes for connections and streams; 0 for a part of what the machine has
 * @param allow peer ids, IP addresses and networks; if there are any, nobody else is let in or dialled
 * @param deny peer ids, IP addresses and networks that are never let in or dialled
 */
public record NodeLimits(Rates rates, int connections, long memory, List<String> allow, List<String> deny) {
    /** Bytes a second. With less, answers to probes come so late that others take this node for dead. */
    public static final long LEAST_RATE = 10_000;
    /** Bytes. With less, a few streams with full windows are more than there is. */
    public static final long LEAST_MEMORY = 16L << 20;
    /** Fewer make no network. */
    public static final int LEAST_CONNECTIONS = 4;
    /** Entries of a list: each is looked at for each connection. */
    public static final int LONGEST_LIST = 1000;
    /** As much as the machine can take, from and to anybody. */
    public static final NodeLimits NONE = new NodeLimits(Rates.UNLIMITED, 0, 0, List.of(), List.of());

    /**
     * Bytes a second, 0 for as fast as it goes.
     *
     * @param upload to all peers together
     * @param download from all peers together
     * @param peerUpload to each peer
     * @param peerDownload from each peer
     */
    public record Rates(long upload, long download, long peerUpload, long peerDownload) {
        /** As fast as it goes. */
        public static final Rates UNLIMITED = new Rates(0, 0, 0, 0);

        public Rates {
            check(upload, "upload");
            check(download, "download");
            check(peerUpload, "upload to each peer");
            check(peerDownload, "download from each peer");
        }

        private static void check(long rate, String name) {
            if (rate != 0 && rate < LEAST_RATE) {
                throw new IllegalArgumentException("the " + name + " must be " + LEAST_RATE
                        + " bytes a second or more, or 0 for no limit: " + rate);
            }
        }
    }

    /**
     * What somebody wants to be otherwise; what is null stays as it is.
     *
     * @param upload as in {@link Rates}, like the three after it
     * @param connections as in {@link NodeLimits}, like all after it
     */
    public record Change(@Nullable Long upload, @Nullable Long download, @Nullable Long peerUpload,
            @Nullable Long peerDownload, @Nullable Integer connections, @Nullable Long memory,
            @Nullable List<String> allow, @Nullable List<String> deny) {
        /** All stays as it is. */
        public static final Change NOTHING = new Change(null, null, null, null, null, null, null, null);

        /** Everything as it is in these limits. */
        public static Change to(NodeLimits limits) {
            Rates rates = limits.rates();
            return new Change(rates.upload(), rates.download(), rates.peerUpload(), rates.peerDownload(),
                    limits.connections(), limits.memory(), limits.allow(), limits.deny());
        }
    }

    /**
     * Checks the figures and the lists.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public NodeLimits {
        if (connections != 0 && connections < LEAST_CONNECTIONS) {
            throw new IllegalArgumentException("there must be " + LEAST_CONNECTIONS
                    + " connections or more, or 0 for what the machine can take: " + connections);
        }
        if (memory != 0 && memory < LEAST_MEMORY) {
            throw new IllegalArgumentException("the memory must be " + (LEAST_MEMORY >> 20)
                    + " MiB or more, or 0 for a part of what the machine has: " + memory);
        }
        allow = checked(allow);
        deny = checked(deny);
    }

    private static List<String> checked(List<String> entries) {
        if (entries.size() > LONGEST_LIST) {
            throw new IllegalArgumentException("more than " + LONGEST_LIST + " entries in a list of peers");
        }
        if (entries.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("an entry of a list of peers is missing");
        }
        try {
            PeerList.parse(entries);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return entries.stream().map(NodeLimits::usual).distinct().toList();
    }

    /** A peer id in its usual form, whichever it was written in, so that one who looks for it finds it. */
    private static String usual(String entry) {
        try {
            return PeerId.parse(entry).toString();
        } catch (FormatException e) {
            return entry; // a network
        }
    }

    /**
     * These limits with that change.
     *
     * @throws IllegalArgumentException with a sentence for people, if the outcome makes no sense
     */
    public NodeLimits with(Change change) {
        return new NodeLimits(
                new Rates(or(change.upload(), rates.upload()), or(change.download(), rates.download()),
                        or(change.peerUpload(), rates.peerUpload()), or(change.peerDownload(), rates.peerDownload())),
                or(change.connections(), connections), or(change.memory(), memory), or(change.allow(), allow),
                or(change.deny(), deny));
    }

    private static <T> T or(@Nullable T wanted, T before) {
        return wanted == null ? before : wanted;
    }
}
