// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class NegotiationFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aLineIsReadTheSameFromABufferAndFromAStream(byte[] input) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(input);
        String line;
        try {
            line = Line.read(buffer);
        } catch (FormatException e) {
            return;
        }
        var stream = new ByteArrayInputStream(input);
        if (line == null) {
            try {
                Line.read(stream);
                throw new AssertionError("a part of a line was taken for a whole one");
            } catch (EOFException expected) {
                return;
            }
        }
        assertEquals(line, Line.read(stream));
        assertEquals(input.length - buffer.position(), stream.available());
        assertTrue(buffer.position() <= Line.MAX_LENGTH + 2);
    }

    @FuzzTest(maxDuration = "5m")
    void whateverThePeerSaysBothMachinesStayInBounds(byte[] input) {
        run(new Responder("/noise"::equals)::receive, input);
        run(new Proposer(List.of("/noise", "/tls/1.0.0"))::receive, input);
    }

    private interface Machine {
        Step receive(String line) throws FormatException;
    }

    private static void run(Machine machine, byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input);
        int steps = 0;
        try {
            for (String line = Line.read(in); line != null; line = Line.read(in)) {
                Step step = machine.receive(line);
                assertNotNull(step);
                if (step instanceof Step.Agreed agreed) {
                    assertTrue(List.of("/noise", "/tls/1.0.0").contains(agreed.protocol()));
                    return;
                }
                if (step instanceof Step.NothingInCommon) {
                    return;
                }
                assertTrue(++steps <= Responder.MAX_PROPOSALS + 1);
            }
        } catch (FormatException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
