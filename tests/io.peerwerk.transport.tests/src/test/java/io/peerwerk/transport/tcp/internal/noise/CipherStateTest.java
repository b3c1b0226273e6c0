// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class CipherStateTest {

    private static final byte[] NOTHING = {};
    private static final byte[] KEY = new byte[32];
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

    @Test
    void aMessageThatDoesNotOpenLeavesTheCounterWhereItWas() throws FormatException {
        var out = new CipherState(KEY, true);
        var in = new CipherState(KEY, false);
        byte[] sealed = out.seal(NOTHING, MESSAGE);
        byte[] changed = sealed.clone();
        changed[0] ^= 1;
        assertThrows(FormatException.class, () -> in.open(NOTHING, changed));
        assertThrows(FormatException.class, () -> in.open(NOTHING, changed));
        assertArrayEquals(MESSAGE, in.open(NOTHING, sealed));
    }

    @Test
    void aMessageOpensOnlyOnce() throws FormatException {
        byte[] sealed = new CipherState(KEY, true).seal(NOTHING, MESSAGE);
        var in = new CipherState(KEY, false);
        in.open(NOTHING, sealed);
        assertThrows(FormatException.class, () -> in.open(NOTHING, sealed));
    }

    @Test
    void everyLengthBelowTheTagIsRefused() {
        var in = new CipherState(KEY, false);
        for (int length = 0; length < CipherState.TAG; length++) {
            byte[] sealed = new byte[length];
            assertThrows(FormatException.class, () -> in.open(sealed, 0, sealed.length, sealed, 0));
        }
    }

    @Test
    void anEmptyMessageHasOnlyATag() throws FormatException {
        byte[] sealed = new CipherState(KEY, true).seal(NOTHING, NOTHING);
        assertEquals(CipherState.TAG, sealed.length);
        assertArrayEquals(NOTHING, new CipherState(KEY, false).open(NOTHING, sealed));
    }

    @Test
    void sealingAndOpeningWorkInPlaceAtAnyOffset() throws FormatException {
        for (int length : new int[] {0, 1, 63, 64, 65, 1000, 65519}) {
            for (int offset : new int[] {0, 2, 7}) {
                byte[] buffer = new byte[offset + length + CipherState.TAG];
                Arrays.fill(buffer, offset, offset + length, (byte) 7);
                assertEquals(length + CipherState.TAG, new CipherState(KEY, true)
                        .seal(buffer, offset, length, buffer, offset));
                assertEquals(length, new CipherState(KEY, false)
                        .open(buffer, offset, length + CipherState.TAG, buffer, offset));
                for (int i = 0; i < length; i++) {
                    assertEquals(7, buffer[offset + i]);
                }
            }
        }
    }

    @Test
    void theLinkEndsBeforeANonceComesTwice() throws FormatException {
        var out = new CipherState(KEY, true, -2);
        var in = new CipherState(KEY, false, -2);
        assertArrayEquals(MESSAGE, in.open(NOTHING, out.seal(NOTHING, MESSAGE)));
        assertThrows(IllegalStateException.class, () -> out.seal(NOTHING, MESSAGE));
        assertThrows(FormatException.class, () -> in.open(NOTHING, new byte[64]));
    }
}
