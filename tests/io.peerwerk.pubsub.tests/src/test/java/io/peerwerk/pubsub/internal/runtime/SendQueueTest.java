// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;

class SendQueueTest {

    private static final Rpc GOSSIP =
            Rpc.of(new Control(List.of(), List.of(MessageId.of(new byte[] {1})), List.of(), List.of(), List.of()));
    private static final Rpc GRAFT =
            Rpc.of(new Control(List.of(), List.of(), List.of("t"), List.of(), List.of()));

    private final SendQueue queue = new SendQueue();

    private static Rpc message(int bytes) {
        return Rpc.of(Message.unsigned(new byte[38], 1, "t", new byte[bytes]));
    }

    @Test
    void controlGoesFirstThenMessagesThenGossip() {
        Rpc message = message(10);
        queue.offer(GOSSIP);
        queue.offer(message);
        queue.offer(GRAFT);
        assertSame(GRAFT, queue.poll());
        assertSame(message, queue.poll());
        assertSame(GOSSIP, queue.poll());
        assertNull(queue.poll());
    }

    @Test
    void gossipGivesWayToMessages() {
        for (int i = 0; i < SendQueue.MAX_RECORDS; i++) {
            assertTrue(queue.offer(GOSSIP));
        }
        assertTrue(queue.offer(GOSSIP));
        assertEquals(SendQueue.MAX_RECORDS, queue.size());
        assertEquals(1, queue.dropped());
        Rpc message = message(10);
        assertTrue(queue.offer(message));
        assertEquals(SendQueue.MAX_RECORDS, queue.size());
        assertSame(message, queue.poll());
    }

    @Test
    void messagesThatDoNotFitAreLostAndControlPushesThemOut() {
        int size = 1 << 20;
        while (queue.dropped() == 0) {
            assertTrue(queue.offer(message(size)));
        }
        assertEquals(SendQueue.MAX_BYTES / size - 1, queue.size());
        while (queue.dropped() == 1) {
            assertTrue(queue.offer(GRAFT));
        }
        assertSame(GRAFT, queue.poll());
    }

    @Test
    void whoDoesNotEvenTakeControlIsOfNoUse() {
        for (int i = 0; i < SendQueue.MAX_RECORDS; i++) {
            assertTrue(queue.offer(GRAFT));
        }
        assertFalse(queue.offer(GRAFT));
        assertTrue(queue.offer(message(1)));
        assertTrue(queue.offer(GOSSIP));
        assertEquals(2, queue.dropped());
        assertEquals(SendQueue.MAX_RECORDS, queue.size());
    }
}
