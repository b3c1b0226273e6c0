// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.DurabilityPlan;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.NotEnoughShardsException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StorageListener;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;

/** A storage whose items, health and failures are what the test says. */
public final class FakeStorage implements Storage {
    /** What a transfer does; the default ends at once. */
    @FunctionalInterface
    public interface Transferring {
        void run(Progress progress) throws IOException;
    }

    public final List<StoredItem> items = new ArrayList<>();
    public final Map<Cid, Health> health = new HashMap<>();
    /** The links whose health was asked for, in order. */
    public final List<StorageLink> asked = new ArrayList<>();
    public final List<Long> offers = new ArrayList<>();
    public Transferring transferring = progress -> { };
    public @Nullable IOException refusal;
    public StorageStatus status = new StorageStatus(10_000_000_000L, 2_500_000_000L, 7, 3, 0, 0, 0, null);
    private final List<StorageListener> listeners = new ArrayList<>();

    /** An item of this name that was stored at a moment that depends on the name only. */
    public static StoredItem item(String name, long bytes) {
        Secret key = Secret.of(Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), StorageLink.KEY_BYTES));
        StorageLink link = new StorageLink(Cid.raw(name.getBytes(StandardCharsets.UTF_8)), key);
        return new StoredItem(name, link, bytes, FakeNode.THEN.plusSeconds(name.length()), PutOptions.standard(), false);
    }

    /** The health of an item of which each chunk has this many shards, held evenly by so many peers. */
    public static Health health(StoredItem item, int weakest, int peers) {
        Map<PeerId, Integer> holders = new HashMap<>();
        for (int i = 0; i < peers; i++) {
            holders.put(FakeNode.id(i), weakest / peers);
        }
        return new Health(item.link().root(), 1, 10, 30, weakest, weakest, 30, holders);
    }

    public void add(StoredItem item, @Nullable Health known) {
        items.addFirst(item);
        if (known != null) {
            health.put(item.link().root(), known);
        }
        tell(new StorageEvent.ItemStored(item));
    }

    public void tell(StorageEvent event) {
        List.copyOf(listeners).forEach(l -> l.changed(event));
    }

    int listening() {
        return listeners.size();
    }

    @Override
    public StoredItem put(Path source, PutOptions options, Progress progress) throws IOException {
        transferring.run(progress);
        StoredItem item = item(source.getFileName().toString(), 1000);
        add(item, health(item, 30, 3));
        return item;
    }

    @Override
    public StoredItem put(Path source, DurabilityTarget target, Progress progress) throws IOException {
        return put(source, PutOptions.standard(), progress);
    }

    @Override
    public DurabilityPlan plan(DurabilityTarget target, long bytes) {
        return DurabilityPlan.of(target, new NetworkConditions(3, Duration.ofDays(30), Duration.ofMinutes(30)), bytes);
    }

    @Override
    public Fetched get(StorageLink link, Path target, Progress progress) throws IOException {
        transferring.run(progress);
        return new Fetched(target, 1000, "00");
    }

    @Override
    public List<StoredItem> items() {
        return List.copyOf(items);
    }

    @Override
    public Health health(StorageLink link) throws IOException {
        asked.add(link);
        Health known = health.get(link.root());
        if (known == null) {
            throw new NotEnoughShardsException("the manifest is not found", 1, 0);
        }
        return known;
    }

    @Override
    public StorageStatus status() {
        return status;
    }

    @Override
    public void offer(long bytes) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        offers.add(bytes);
        status = new StorageStatus(bytes, status.used(), status.blocks(), status.objects(), status.repairsRunning(),
                status.chunksRepaired(), status.shardsRestored(), status.lastRepair());
        tell(new StorageEvent.UsageChanged(status.used(), bytes));
    }

    @Override
    public Registration listen(StorageListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
