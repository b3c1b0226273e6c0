// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Role;
import io.peerwerk.node.internal.Fakes;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageListener;
import io.peerwerk.storage.StorageStatus;

class StorageFeedTest {

    private final List<StorageListener> listeners = new ArrayList<>();
    private boolean stores;
    private final Map<Quantity, Double> told = new EnumMap<>(Quantity.class);

    private StorageFeed feed(long used, long offered) {
        Storage storage = Fakes.of(Storage.class, new Object() {
            public StorageStatus status() {
                return new StorageStatus(offered, used, 0, 0, 0, 0, 0, null);
            }

            public Registration listen(StorageListener listener) {
                listeners.add(listener);
                return () -> listeners.remove(listener);
            }
        });
        Membership membership = Fakes.of(Membership.class, new Object() {
            public void advertise(Role role, boolean does) {
                assertEquals(Role.STORAGE, role);
                stores = does;
            }
        });
        return new StorageFeed(storage, membership, Fakes.of(Aggregates.class, new Object() {
            public void report(Quantity quantity, double value) {
                told.put(quantity, value);
            }
        }));
    }

    private void change(StorageEvent event) {
        listeners.forEach(listener -> listener.changed(event));
    }

    @Test
    void gossipHearsWhatIsFreeWheneverThatChanges() {
        feed(300, 1000);
        assertEquals(Map.of(Quantity.FREE, 700.0), told);
        assertTrue(stores);
        change(new StorageEvent.UsageChanged(450, 1000));
        assertEquals(Map.of(Quantity.FREE, 550.0), told);
        change(new StorageEvent.RepairStarted(Cid.raw(new byte[1]), 3));
        assertEquals(Map.of(Quantity.FREE, 550.0), told);
    }

    @Test
    void anOfferThatWasMadeSmallerThanWhatIsUsedLeavesNothing() {
        feed(1000, 10);
        assertEquals(Map.of(Quantity.FREE, 0.0), told);
    }

    @Test
    void nothingIsFreeWhereTheStorageIsAway() {
        feed(0, 1000).close();
        assertEquals(Map.of(Quantity.FREE, 0.0), told);
        assertEquals(List.of(), listeners);
        assertFalse(stores);
    }
}
