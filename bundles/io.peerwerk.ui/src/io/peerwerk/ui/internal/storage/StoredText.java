// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.storage.StorageModel.Moving;
import io.peerwerk.ui.internal.storage.StorageModel.Row;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;

/** What is said of a row in the table and in tooltips, and the order of its columns. */
final class StoredText {
    static final Comparator<Row> BY_NAME = Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER);
    static final Comparator<Row> BY_SIZE = Comparator.comparingLong(StoredText::bytes);
    static final Comparator<Row> BY_DATE = Comparator.comparing(StoredText::storedAt);
    static final Comparator<Row> BY_PEERS = Comparator.comparingInt(row -> row instanceof Stored s ? s.holders().size() : 0);
    static final Comparator<Row> BY_HEALTH = Comparator.comparingDouble(row -> row instanceof Stored s ? s.health().share() : 0);

    private StoredText() {
    }

    static String name(Row row) {
        return Figures.plain(row.name());
    }

    private static long bytes(Row row) {
        return switch (row) {
            case Moving moving -> moving.state().total();
            case Stored stored -> stored.item().bytes();
        };
    }

    static String size(Row row) {
        long bytes = bytes(row);
        return row instanceof Moving && bytes == 0 ? Messages.Figures_none : Figures.size(bytes);
    }

    /** Transfers count as the newest. */
    private static Instant storedAt(Row row) {
        return row instanceof Stored stored ? stored.item().storedAt() : Instant.MAX;
    }

    static String stored(Row row, Instant now) {
        return switch (row) {
            case Moving moving -> moving.transfer() instanceof Transfer.Put ? Messages.Storage_storing : Messages.Storage_fetching;
            case Stored stored -> Figures.ago(stored.item().storedAt(), now, ZoneId.systemDefault());
        };
    }

    static String peers(Row row) {
        return row instanceof Stored stored && !stored.holders().isEmpty() ? Figures.count(stored.holders().size())
                : Messages.Figures_none;
    }

    /** The text beside the bar. */
    static String health(Row row) {
        return switch (row) {
            case Moving moving -> moving.state().waiting() ? Messages.Storage_waiting
                    : Figures.percent(moving.state().done(), moving.state().total());
            case Stored stored -> stored.health().brief();
        };
    }

    static String tooltip(Row row) {
        return switch (row) {
            case Moving moving -> NLS.bind(Messages.Transfer_progress, Figures.size(moving.state().done()),
                    Figures.size(moving.state().total()));
            case Stored stored -> tooltip(stored);
        };
    }

    private static String tooltip(Stored stored) {
        StoredItem item = stored.item();
        String shards = stored.holders().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(StoredText::holding).collect(Collectors.joining("\n")); //$NON-NLS-1$
        return NLS.bind(Messages.Stored_tooltip, new Object[] {Figures.plain(item.name()),
            Figures.moment(item.storedAt(), ZoneId.systemDefault()), item.link().root(), item.shards(),
            stored.health().sentence(), shards}).strip();
    }

    private static String holding(Map.Entry<PeerId, Integer> entry) {
        return NLS.bind(Messages.Stored_holding, entry.getKey().brief(), Figures.count(entry.getValue()));
    }
}
