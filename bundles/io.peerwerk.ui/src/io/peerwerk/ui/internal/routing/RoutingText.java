// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.routing.RoutingModel.Bucket;
import io.peerwerk.ui.internal.routing.RoutingModel.Entry;
import io.peerwerk.ui.internal.routing.RoutingModel.Table;

/** What is said of tables, buckets, peers and searches, and the order of the columns. */
final class RoutingText {
    static final Comparator<Entry> BY_PEER = Comparator.comparing(entry -> entry.peer().brief());
    static final Comparator<Entry> BY_BUCKET = Comparator.comparing(Entry::table).thenComparing(RoutingText::bits);
    static final Comparator<Entry> BY_BITS = Comparator.comparing(RoutingText::bits);
    static final Comparator<Entry> BY_ADDRESS = Comparator.comparing(RoutingText::address);
    static final Comparator<Entry> BY_ADDED = Comparator.comparing(Entry::addedAt,
            Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
    static final Comparator<Entry> BY_SEEN = Comparator.comparing(Entry::lastSeen,
            Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));

    private RoutingText() {
    }

    // ---- tables

    static String mode(Table table) {
        return table.figures().serving() ? Messages.Routing_server : Messages.Routing_client;
    }

    /** A dash while it is not known. */
    static String networkSize(Table table) {
        long size = table.figures().networkSize();
        return size == 0 ? Messages.Figures_none : NLS.bind(Messages.Routing_about, Figures.count(size));
    }

    static String tooltip(Table table) {
        return NLS.bind(Messages.Routing_tableTooltip, table.figures().protocol(),
                table.figures().serving() ? Messages.Routing_serverText : Messages.Routing_clientText);
    }

    // ---- buckets

    static String bits(Bucket bucket) {
        return Figures.count(bucket.sharedBits());
    }

    static String size(Bucket bucket) {
        return NLS.bind(Messages.Routing_ofFull, Figures.count(bucket.peers()), Figures.count(Bucket.FULL));
    }

    static String tooltip(Bucket bucket) {
        return NLS.bind(Messages.Routing_bucketTooltip,
                new Object[] {bucket.table(), bits(bucket), Figures.count(bucket.peers()), Figures.count(Bucket.FULL)});
    }

    // ---- peers

    private static int bits(Entry entry) {
        return entry.bucket() == null ? -1 : entry.bucket().sharedBits();
    }

    static String sharedBits(Entry entry) {
        return entry.bucket() == null ? Messages.Figures_none : bits(entry.bucket());
    }

    /** The first address, and how many more there are. */
    static String address(Entry entry) {
        List<Multiaddr> addresses = entry.addresses();
        if (addresses.isEmpty()) {
            return Messages.Figures_none;
        }
        String first = Figures.plain(addresses.getFirst().toString());
        return addresses.size() == 1 ? first
                : NLS.bind(Messages.Routing_moreAddresses, first, Figures.count(addresses.size() - 1L));
    }

    /** How long ago; a dash for what was never heard of directly. */
    static String ago(@Nullable Instant then, Instant now) {
        return then == null ? Messages.Figures_none : Figures.ago(then, now, ZoneId.systemDefault());
    }

    private static String moment(@Nullable Instant then) {
        return then == null ? Messages.Figures_none : Figures.moment(then, ZoneId.systemDefault());
    }

    static String tooltip(Entry entry) {
        String addresses = entry.addresses().stream().map(Multiaddr::toString).map(Figures::plain)
                .collect(Collectors.joining("\n")); //$NON-NLS-1$
        return entry.bucket() == null ? NLS.bind(Messages.Routing_foundTooltip, entry.peer(), addresses)
                : NLS.bind(Messages.Routing_peerTooltip, new Object[] {entry.peer(), moment(entry.addedAt()),
                    moment(entry.lastSeen()), addresses});
    }

    // ---- the search

    /** How it stands, in a sentence; nothing while there is nothing to say. */
    static String search(PeerSearch.State state) {
        return switch (state) {
            case PeerSearch.Idle idle -> ""; //$NON-NLS-1$
            case PeerSearch.Running running -> NLS.bind(Messages.Routing_searching, running.peer().brief());
            case PeerSearch.Unknown unknown -> NLS.bind(Messages.Routing_searchUnknown, unknown.peer().brief());
            case PeerSearch.Failed failed -> failed.reason();
            case PeerSearch.Found found -> switch (found.addresses().size()) {
                case 0 -> NLS.bind(Messages.Routing_searchNowhere, found.peer().brief());
                case 1 -> NLS.bind(Messages.Routing_searchFoundOne, found.peer().brief(),
                    Figures.plain(found.addresses().getFirst().toString()));
                default -> NLS.bind(Messages.Routing_searchFound, found.peer().brief(), Figures.count(found.addresses().size()));
            };
        };
    }
}
