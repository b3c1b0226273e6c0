// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.virtual.Peers;

class DoorkeeperTest {

    private static final int MEMBER = 1;

    private long clock;
    private final Doorkeeper doorkeeper = new Doorkeeper(() -> Instant.ofEpochMilli(clock), Duration.ofSeconds(1),
            peer -> peer.equals(Peers.id(MEMBER)));

    @Test
    void aPeerMaySendSoMuchAtOnceAndSoMuchAPeriod() {
        assertEquals(Doorkeeper.BURST, admitted(MEMBER, 1000));
        clock += 1000;
        assertEquals(Doorkeeper.MESSAGES_PER_PERIOD, admitted(MEMBER, 1000));
        clock += 1_000_000;
        assertEquals(Doorkeeper.BURST, admitted(MEMBER, 1000));
    }

    @Test
    void oneWhoSendsTooMuchTakesNothingFromTheOthers() {
        admitted(MEMBER, 1000);
        assertTrue(doorkeeper.admits(Peers.id(2)));
    }

    @Test
    void strangersShareALimitAndMembersDoNot() {
        int taken = 0;
        for (int stranger = 10; stranger < 10_000; stranger++) {
            taken += doorkeeper.admits(Peers.id(stranger)) ? 1 : 0;
        }
        assertEquals(Doorkeeper.STRANGERS_BURST, taken);
        assertTrue(doorkeeper.admits(Peers.id(MEMBER)));
    }

    @Test
    void aClockThatIsSetBackLetsNobodyInTwice() {
        clock = 1_000_000;
        admitted(MEMBER, 1000);
        clock = 0;
        assertFalse(doorkeeper.admits(Peers.id(MEMBER)));
        clock = 1000;
        assertEquals(Doorkeeper.MESSAGES_PER_PERIOD, admitted(MEMBER, 1000));
    }

    private int admitted(int peer, int attempts) {
        int admitted = 0;
        for (int i = 0; i < attempts; i++) {
            admitted += doorkeeper.admits(Peers.id(peer)) ? 1 : 0;
        }
        return admitted;
    }
}
