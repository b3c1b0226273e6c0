// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.AggregatesListener;
import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StorageListener;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;

class FreeSpaceTest {

    private final Figures figures = new Figures();
    private final Told told = new Told();

    @Test
    void gossipHearsWhatIsFreeWheneverThatChanges() {
        figures.used = 300;
        figures.offered = 1000;
        try (var feed = new FreeSpace(figures, told)) {
            assertEquals(700, told.free());
            figures.change(new StorageEvent.UsageChanged(450, 1000));
            assertEquals(550, told.free());
            figures.change(new StorageEvent.RepairStarted(Cid.raw(new byte[1]), 3));
            assertEquals(550, told.free());
        }
    }

    @Test
    void anOfferThatWasMadeSmallerThanWhatIsUsedLeavesNothing() {
        figures.used = 1000;
        figures.offered = 10;
        try (var feed = new FreeSpace(figures, told)) {
            assertEquals(0, told.free());
        }
    }

    @Test
    void nothingIsFreeWhereTheStorageIsAway() {
        figures.offered = 1000;
        new FreeSpace(figures, told).close();
        assertEquals(0, told.free());
        assertEquals(List.of(), figures.listeners);
    }

    /** A storage that has figures and nothing else. */
    private static final class Figures implements Storage {
        private final List<StorageListener> listeners = new ArrayList<>();
        private long used;
        private long offered;

        void change(StorageEvent event) {
            listeners.forEach(listener -> listener.changed(event));
        }

        @Override
        public StorageStatus status() {
            return new StorageStatus(offered, used, 0, 0, 0, 0, 0, null);
        }

        @Override
        public Registration listen(StorageListener listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public StoredItem put(Path source, PutOptions options, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Fetched get(StorageLink link, Path target, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<StoredItem> items() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Health health(StorageLink link) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offer(long bytes) {
            throw new UnsupportedOperationException();
        }
    }

    /** What gossip was told last. */
    private static final class Told implements Aggregates {
        private final Map<Quantity, Double> values = new HashMap<>();

        double free() {
            return values.get(Quantity.FREE);
        }

        @Override
        public void report(Quantity quantity, double value) {
            values.put(quantity, value);
        }

        @Override
        public Optional<Convergence> running() {
            return Optional.empty();
        }

        @Override
        public Optional<Estimate> size() {
            return Optional.empty();
        }

        @Override
        public Optional<Estimate> mean(Quantity quantity) {
            return Optional.empty();
        }

        @Override
        public Optional<Estimate> total(Quantity quantity) {
            return Optional.empty();
        }

        @Override
        public Registration listen(AggregatesListener listener) {
            return () -> { };
        }
    }
}
