// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import org.junit.jupiter.api.Test;

class DialLimitsTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final List<PeerId> PEERS = Stream.generate(() -> Identity.generate(new SecureRandom()).id()).limit(4)
            .toList();

    private final DialLimits limits = new DialLimits(new DialLimits.Rates(5, 2, 1, 1));

    @Test
    void aPeerGetsItsShareOfAMinuteAndNoMore() {
        assertTrue(served(0, START));
        assertTrue(served(0, START.plusSeconds(1)));
        assertFalse(served(0, START.plusSeconds(59)));
        assertTrue(served(1, START.plusSeconds(59)));
        assertTrue(served(0, START.plusSeconds(60)), "the first is a minute old");
        assertFalse(served(0, START.plusSeconds(60)));
    }

    @Test
    void allTogetherGetNoMoreThanTheLimitForAll() {
        for (int i = 0; i < 5; i++) {
            assertTrue(served(i / 2, START));
        }
        assertFalse(served(3, START));
        assertTrue(served(3, START.plusSeconds(60)));
    }

    @Test
    void onlySoManyOfOnePeerAreUnderWay() {
        assertTrue(limits.begin(PEERS.get(0), START));
        assertFalse(limits.begin(PEERS.get(0), START));
        assertTrue(limits.begin(PEERS.get(1), START));
        limits.end(PEERS.get(0));
        assertTrue(limits.begin(PEERS.get(0), START));
    }

    @Test
    void addressesElsewhereHaveALimitOfTheirOwn() {
        assertTrue(limits.foreign(START));
        assertFalse(limits.foreign(START.plusSeconds(59)));
        assertTrue(limits.foreign(START.plusSeconds(60)));
    }

    private boolean served(int peer, Instant now) {
        boolean taken = limits.begin(PEERS.get(peer), now);
        if (taken) {
            limits.end(PEERS.get(peer));
        }
        return taken;
    }
}
