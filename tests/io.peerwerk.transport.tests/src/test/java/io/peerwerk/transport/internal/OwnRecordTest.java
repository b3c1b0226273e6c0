// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class OwnRecordTest {

    private static final List<Multiaddr> ONE = List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/1"));
    private static final List<Multiaddr> OTHER = List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/2"));

    private final Identity identity = Identity.generate(new SecureRandom());
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final OwnRecord own = new OwnRecord(identity, () -> now);

    @Test
    void theRecordSaysWhereThisPeerIs() throws FormatException {
        assertEquals(new PeerRecord(identity.id(), now.toEpochMilli(), ONE), open(own.sealed(ONE)));
    }

    @Test
    void theSameAddressesGiveTheSameRecord() {
        ByteBuffer first = own.sealed(ONE);
        now = now.plusSeconds(60);
        assertSame(first, own.sealed(ONE));
    }

    @Test
    void numbersGrowEvenIfTheClockStandsOrGoesBack() throws FormatException {
        long last = open(own.sealed(ONE)).sequence();
        for (int i = 0; i < 10; i++) {
            now = now.minusSeconds(i);
            PeerRecord next = open(own.sealed(i % 2 == 0 ? OTHER : ONE));
            assertTrue(next.isNewerThan(last));
            last = next.sequence();
        }
    }

    @Test
    void numbersGrowOverARestart() throws FormatException {
        long before = open(own.sealed(ONE)).sequence();
        now = now.plusMillis(1);
        assertTrue(open(new OwnRecord(identity, () -> now).sealed(ONE)).isNewerThan(before));
    }

    private static PeerRecord open(ByteBuffer sealed) throws FormatException {
        byte[] bytes = new byte[sealed.remaining()];
        sealed.duplicate().get(bytes);
        return PeerRecord.open(bytes);
    }
}
