// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;

class InboundBudgetTest {

    private static final int LARGE = WireLimits.MAX_RPC;
    private static final int FITTING = InboundBudget.MAX_BYTES / LARGE;

    private final InboundBudget budget = new InboundBudget();

    /** A stream with a length and so many bytes on it. */
    private record Canned(InputStream input) implements Stream {

        static Canned of(long length, int bytes) {
            byte[] head = Varint.encode(length);
            byte[] all = Arrays.copyOf(head, head.length + bytes);
            return new Canned(new ByteArrayInputStream(all));
        }

        @Override
        public Connection connection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String protocol() {
            return "/meshsub/1.2.0";
        }

        @Override
        public OutputStream output() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(Duration limit) {
        }

        @Override
        public void reset() {
        }

        @Override
        public void close() {
        }
    }

    private InboundBudget.Frame read(long length, int bytes) throws IOException {
        return budget.read(Canned.of(length, bytes));
    }

    @Test
    void aRecordOfEachSizeComesWhole() throws IOException {
        for (int length : new int[] {0, 1, InboundBudget.SMALL, InboundBudget.SMALL + 1, LARGE}) {
            try (InboundBudget.Frame frame = read(length, length)) {
                assertEquals(length, frame.bytes().length);
            }
        }
        assertTrue(budget.read(new Canned(InputStream.nullInputStream())).isEnd());
    }

    @Test
    void oneByteMoreIsRefusedUnread() {
        assertThrows(FormatException.class, () -> read(LARGE + 1L, 0));
        assertThrows(FormatException.class, () -> read(Long.MAX_VALUE, 0));
    }

    @Test
    void whatIsCutOffGivesItsRoomBack() throws IOException {
        for (int i = 0; i < FITTING + 1; i++) {
            assertThrows(EOFException.class, () -> read(LARGE, LARGE - 1));
        }
        assertThrows(EOFException.class, () -> read(5, 4));
        read(LARGE, LARGE).close();
    }

    @Test
    void largeRecordsOfAllPeersTogetherAreBoundedAndSmallOnesStillCome() throws IOException {
        List<InboundBudget.Frame> held = new ArrayList<>();
        for (int i = 0; i < FITTING; i++) {
            held.add(read(LARGE, LARGE));
        }
        assertThrows(IOException.class, () -> read(LARGE, LARGE));
        read(InboundBudget.SMALL, InboundBudget.SMALL).close();
        held.removeLast().close();
        held.add(read(LARGE, LARGE));
        assertThrows(IOException.class, () -> read(LARGE, LARGE));
    }
}
