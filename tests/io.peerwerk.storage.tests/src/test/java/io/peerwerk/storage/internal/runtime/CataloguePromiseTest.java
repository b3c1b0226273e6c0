// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import org.junit.jupiter.api.Test;

class CataloguePromiseTest {

    private static final StorageLink LINK = new StorageLink(Cid.raw(new byte[] {1}),
            Secret.of(new byte[StorageLink.KEY_BYTES]));
    private static final Promise PROMISE = new Promise(DurabilityTarget.standard(),
            new NetworkConditions(12, Duration.ofDays(20), Duration.ofMinutes(21)), 1e-3, 1e-8);

    private static StoredItem item(PutOptions shards, Promise promise) {
        return new StoredItem("a", LINK, 5, Instant.ofEpochMilli(7), shards, false, 9, promise);
    }

    @Test
    void aPromiseAndAThresholdAreKept() throws FormatException {
        List<StoredItem> items = List.of(item(new PutOptions(10, 30, 27), PROMISE), item(new PutOptions(4, 9), null));
        assertEquals(items, Catalogue.parse(Catalogue.toBytes(items)));
        assertEquals(PROMISE.warning(), items.getFirst().warning());
    }

    @Test
    void aLineThatWasWrittenBeforeThereWerePromisesIsRead() throws FormatException {
        byte[] root = LINK.root().toBytes();
        ProtoWriter old = new ProtoWriter().string(1, "a").bytes(2, root).bytes(3, LINK.key().bytes()).uint(4, 5)
                .uint(5, 7).uint(6, 10).uint(7, 30).bool(8, false).uint(9, 9);
        byte[] catalogue = new ProtoWriter().message(1, old).toBytes();
        assertEquals(List.of(item(PutOptions.standard(), null)), Catalogue.parse(catalogue));
    }

    @Test
    void aDamagedPromiseIsRefused() {
        assertThrows(FormatException.class, () -> PromiseRecord.read(new ProtoReader(new byte[0])));
        assertThrows(FormatException.class, () -> PromiseRecord.read(new ProtoReader(
                PromiseRecord.write(PROMISE).uint(5, Long.MAX_VALUE).toBytes())));
        assertThrows(FormatException.class, () -> PromiseRecord.read(new ProtoReader(
                PromiseRecord.write(PROMISE).fixed64(3, Double.doubleToLongBits(2)).toBytes())));
    }
}
