// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.netty.channel.embedded.EmbeddedChannel;

/** On virtual time: slow-loris handshakes. */
class HandshakesTest {

    private static final int LIMIT_MILLIS = 10_000;

    private final Handshakes handshakes = new Handshakes(2, LIMIT_MILLIS);

    private EmbeddedChannel begin() {
        var channel = new EmbeddedChannel();
        channel.freezeTime();
        handshakes.add(channel);
        return channel;
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    @Test
    void aHandshakeThatTakesTooLongIsBrokenOff() {
        EmbeddedChannel slow = begin();
        pass(slow, LIMIT_MILLIS - 1);
        assertTrue(slow.isOpen());
        pass(slow, 1);
        assertFalse(slow.isOpen());
        assertEquals(0, handshakes.count());
    }

    @Test
    void aHandshakeThatIsDoneIsLeftAlone() {
        EmbeddedChannel done = begin();
        handshakes.remove(done);
        assertEquals(0, handshakes.count());
        pass(done, 2 * LIMIT_MILLIS);
        assertTrue(done.isOpen());
    }

    @Test
    void whenThereAreTooManyTheOldestGivesWay() {
        EmbeddedChannel first = begin();
        EmbeddedChannel second = begin();
        assertTrue(first.isOpen());
        EmbeddedChannel third = begin();
        assertFalse(first.isOpen());
        assertTrue(second.isOpen() && third.isOpen());
        assertEquals(2, handshakes.count());
        second.close();
        assertEquals(1, handshakes.count());
    }
}
