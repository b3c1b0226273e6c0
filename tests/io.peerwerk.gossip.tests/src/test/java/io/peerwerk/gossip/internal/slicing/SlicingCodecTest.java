// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SlicingCodecTest {

    @Property(tries = 200)
    void everyMessageComesOutAsItWentIn(@ForAll @DoubleRange(min = 0, max = SlicingMessage.MAX_ATTRIBUTE) double attribute,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) throws FormatException {
        var message = new SlicingMessage(attribute, random);
        assertEquals(message, SlicingCodec.decode(SlicingCodec.encode(message)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e30, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aValueThatCannotBeIsRefused(double value) {
        assertThrows(FormatException.class, () -> SlicingCodec.decode(message(value, 0)));
        assertThrows(FormatException.class, () -> SlicingCodec.decode(message(0, value)));
    }

    @Test
    void theHighestValuesAreTakenAndTheNextOnesNot() throws FormatException {
        double highest = SlicingMessage.MAX_ATTRIBUTE;
        assertEquals(highest, SlicingCodec.decode(message(highest, Math.nextDown(1.0))).attribute());
        assertThrows(FormatException.class, () -> SlicingCodec.decode(message(Math.nextUp(highest), 0)));
        assertThrows(FormatException.class, () -> SlicingCodec.decode(message(0, 1)));
    }

    @Test
    void aMessageWithoutAttributeOrOneByteTooLongIsRefused() throws FormatException {
        assertThrows(FormatException.class, () -> SlicingCodec.decode(new byte[0]));
        assertEquals(1, SlicingCodec.decode(padded(SlicingCodec.MAX_MESSAGE)).attribute());
        assertThrows(FormatException.class, () -> SlicingCodec.decode(padded(SlicingCodec.MAX_MESSAGE + 1)));
    }

    /** With a field from the future, which is skipped. */
    private static byte[] padded(int length) {
        return new ProtoWriter().fixed64(1, Double.doubleToRawLongBits(1)).bytes(15, new byte[length - 9 - 3]).toBytes();
    }

    private static byte[] message(double attribute, double random) {
        return new ProtoWriter().fixed64(1, Double.doubleToRawLongBits(attribute))
                .fixed64(2, Double.doubleToRawLongBits(random)).toBytes();
    }
}
