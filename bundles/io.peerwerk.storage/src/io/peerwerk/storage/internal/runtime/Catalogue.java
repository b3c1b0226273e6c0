// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the user stored from here. Thread-safe; each change is durable when the call returns, unless the disk fails. */
final class Catalogue {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final int MAX_ITEM = 1 << 12;
    private static final int MAX_NAME = 1 << 11;
    private static final int MAX_CID = 160;

    private final DurableFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private List<StoredItem> items;

    /** Reads the catalogue; one that cannot be read is put aside under another name, never overwritten. */
    Catalogue(Path path) throws IOException {
        file = new DurableFile(path);
        items = List.of();
        try {
            items = parse(file.read().orElse(new byte[0]));
        } catch (FormatException e) {
            LOG.error("the catalogue of stored files is damaged ({}): it was moved to {}", e.getMessage(), file.putAside());
        }
    }

    /** Newest first. */
    List<StoredItem> items() {
        lock.lock();
        try {
            return items.reversed();
        } finally {
            lock.unlock();
        }
    }

    /** The item that this link opens. */
    Optional<StoredItem> find(StorageLink link) {
        return items().stream().filter(item -> item.link().equals(link)).findAny();
    }

    /** Adds an item; if it cannot be written now, it is with the next one. */
    void add(StoredItem item) {
        change(item, more -> more.add(item));
    }

    /** Adds an item, and drops the one with the old link in the same breath. */
    void replace(StorageLink old, StoredItem item) {
        change(item, more -> {
            more.removeIf(known -> known.link().equals(old));
            more.add(item);
        });
    }

    private void change(StoredItem item, Consumer<List<StoredItem>> change) {
        lock.lock();
        try {
            List<StoredItem> more = new ArrayList<>(items);
            change.accept(more);
            items = List.copyOf(more);
            file.write(toBytes(more));
        } catch (IOException e) {
            // The file is stored all the same, and its link is about to be told to the user.
            LOG.error("{} was stored, but the catalogue cannot be written: keep its link ({})", item.name(),
                    e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    static byte[] toBytes(List<StoredItem> items) {
        ProtoWriter out = new ProtoWriter();
        for (StoredItem item : items) {
            byte[] key = item.link().key().bytes();
            ProtoWriter line = new ProtoWriter().string(1, item.name()).bytes(2, item.link().root().toBytes())
                    .bytes(3, key).uint(4, item.bytes()).uint(5, item.storedAt().toEpochMilli())
                    .uint(6, item.shards().dataShards()).uint(7, item.shards().totalShards())
                    .bool(8, item.folder()).uint(9, item.holders()).uint(10, item.shards().threshold());
            if (item.promise() != null) {
                line.message(11, PromiseRecord.write(item.promise()));
            }
            out.message(1, line);
            Arrays.fill(key, (byte) 0);
        }
        return out.toBytes();
    }

    static List<StoredItem> parse(byte[] bytes) throws FormatException {
        List<StoredItem> items = new ArrayList<>();
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                items.add(item(in.message(MAX_ITEM)));
            } else {
                in.skip();
            }
        }
        return List.copyOf(items);
    }

    private static StoredItem item(ProtoReader in) throws FormatException {
        String name = "";
        byte[] root = new byte[0];
        byte[] key = new byte[0];
        long[] numbers = new long[11];
        Promise promise = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> name = in.string(MAX_NAME);
                case 2 -> root = in.bytes(MAX_CID);
                case 3 -> key = in.bytes(StorageLink.KEY_BYTES);
                case 4, 5, 6, 7, 8, 9, 10 -> numbers[field] = in.uint();
                case 11 -> promise = PromiseRecord.read(in.message(PromiseRecord.MAX_BYTES));
                default -> in.skip();
            }
        }
        try {
            StorageLink link = new StorageLink(Cid.read(root), Secret.of(key));
            PutOptions shards = new PutOptions(Math.toIntExact(numbers[6]), Math.toIntExact(numbers[7]));
            if (numbers[10] != 0) {
                shards = shards.withThreshold(Math.toIntExact(numbers[10]));
            }
            return new StoredItem(name, link, numbers[4], Instant.ofEpochMilli(numbers[5]), shards, numbers[8] != 0,
                    Math.toIntExact(numbers[9]), promise);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("not an item: " + e.getMessage(), e);
        }
    }
}
