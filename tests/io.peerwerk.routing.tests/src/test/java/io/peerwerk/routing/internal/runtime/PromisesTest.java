// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.peerwerk.routing.internal.kad.Duties;
import io.peerwerk.routing.internal.runtime.DhtOptions.Surroundings;
import io.peerwerk.routing.internal.wire.Octets;
import org.junit.jupiter.api.Test;

class PromisesTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<Octets> told = new CopyOnWriteArrayList<>();

    @Test
    void whatCannotBeToldForAFaultOfOursDoesNotEndTheTelling() {
        var one = new Octets(new byte[] {1});
        var other = new Octets(new byte[] {2});
        try (var promises = new Promises(new Surroundings(now::get, new SplittableRandom(1), Duration.ofMillis(10),
                RoutingPeers.PATIENCE), () -> Duties.AGAIN, this::tell, record -> 0)) {
            promises.provide(one, false);
            promises.provide(other, false);
            promises.start();
            now.updateAndGet(t -> t.plus(Duties.RETRY));
            await().atMost(RoutingPeers.PATIENCE).until(() -> told.containsAll(List.of(one, other)));
        }
    }

    private int tell(Octets content) {
        told.add(content);
        throw new IllegalStateException("a fault that the test makes");
    }
}
