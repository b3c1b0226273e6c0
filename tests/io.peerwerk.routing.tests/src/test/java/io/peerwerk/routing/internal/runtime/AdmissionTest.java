// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;

import io.peerwerk.core.identity.PeerId;
import org.junit.jupiter.api.Test;

/** At one moment, unless a test says otherwise. */
class AdmissionTest {

    private static final long LONGEST = Duration.ofSeconds(30).toNanos();
    private static final long NOW = Long.MAX_VALUE - 5; // the clock runs over in between
    private static final double SECOND = 1e9;

    private final Admission admission = new Admission(LONGEST, NOW);
    private final PeerId peer = RoutingPeers.stranger();

    private void ask(PeerId from, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertEquals(0, admission.delay(from, NOW));
        }
    }

    @Test
    void soManyAtOnceNeedNotWaitAndTheNextOnesComeAtTheRate() throws IOException {
        ask(peer, Admission.PEER_BURST);
        for (int i = 0; i < 100; i++) {
            assertEquals(i / (double) Admission.PEER_PER_SECOND, admission.delay(peer, NOW) / SECOND, 1e-6);
        }
        assertEquals(0, admission.delay(peer, NOW + Duration.ofSeconds(6).toNanos()));
    }

    @Test
    void whoWouldHaveToWaitTooLongIsRefusedAndThatDoesNotCount() throws IOException {
        ask(peer, Admission.PEER_BURST);
        long delay = 0;
        int waiting = 0;
        while (waiting < 30 * Admission.PEER_PER_SECOND) {
            delay = admission.delay(peer, NOW);
            waiting++;
        }
        assertTrue(delay <= LONGEST);
        for (int i = 0; i < 10; i++) {
            assertThrows(IOException.class, () -> admission.delay(peer, NOW));
        }
        assertTrue(admission.delay(peer, NOW + Duration.ofSeconds(1).toNanos()) <= LONGEST);
    }

    @Test
    void whatManyAskIsLimitedTogetherAndNobodyElseWaitsForThem() throws IOException {
        int each = Admission.PEER_BURST - Admission.SHARE_BURST;
        int asked = 0;
        while (asked < Admission.ALL_BURST) {
            PeerId busy = RoutingPeers.stranger();
            ask(busy, Admission.SHARE_BURST);
            int now = Math.min(each, Admission.ALL_BURST - asked);
            ask(busy, now);
            asked += now;
        }
        PeerId busy = RoutingPeers.stranger();
        ask(busy, Admission.SHARE_BURST);
        admission.delay(busy, NOW);
        assertEquals(1.0 / Admission.ALL_PER_SECOND, admission.delay(busy, NOW) / SECOND, 1e-6);

        ask(peer, Admission.SHARE_BURST);
        assertTrue(admission.delay(peer, NOW) > 0);
        long later = NOW + Duration.ofMillis(1100).toNanos() / Admission.SHARE_PER_SECOND;
        for (int i = 0; i < 2 * Admission.ALL_PER_SECOND; i++) {
            admission.delay(i % Admission.PEER_BURST == 0 ? busy = RoutingPeers.stranger() : busy, later);
        }
        assertEquals(0, admission.delay(peer, later));
    }
}
