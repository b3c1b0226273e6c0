// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoReaderTest {

    @Test
    void aFixed64HasItsLowestByteFirst() throws FormatException {
        byte[] bytes = new ProtoWriter().fixed64(2, 0x0102030405060708L).toBytes();
        assertArrayEquals(new byte[] {0x11, 8, 7, 6, 5, 4, 3, 2, 1}, bytes);
        var in = new ProtoReader(bytes);
        assertEquals(2, in.next());
        assertEquals(0x0102030405060708L, in.fixed64());
        assertEquals(0, in.next());
        var cut = new ProtoReader(bytes, 0, 8);
        cut.next();
        assertThrows(FormatException.class, cut::fixed64);
    }

    @Test
    void aFixed32HasItsLowestByteFirstAndNoSign() throws FormatException {
        byte[] bytes = new ProtoWriter().fixed32(2, 0xFF020304L).toBytes();
        assertArrayEquals(new byte[] {0x15, 4, 3, 2, -1}, bytes);
        var in = new ProtoReader(bytes);
        assertEquals(2, in.next());
        assertEquals(0xFF020304L, in.fixed32());
        assertEquals(0, in.next());
        var cut = new ProtoReader(bytes, 0, 4);
        cut.next();
        assertThrows(FormatException.class, cut::fixed32);
    }

    @Test
    void theExamplesOfProtobufAreReadAndWritten() throws FormatException {
        assertEquals("089601", hex(new ProtoWriter().uint(1, 150)));
        assertEquals("120774657374696e67", hex(new ProtoWriter().string(2, "testing")));
        assertEquals("1a03089601", hex(new ProtoWriter().message(3, new ProtoWriter().uint(1, 150))));
        ProtoReader in = reader("089601" + "120774657374696e67" + "1a03089601");
        assertEquals(1, in.next());
        assertEquals(150, in.uint());
        assertEquals(2, in.next());
        assertEquals("testing", in.string(7));
        assertEquals(3, in.next());
        ProtoReader inner = in.message(3);
        assertEquals(1, inner.next());
        assertEquals(150, inner.uint());
        assertEquals(0, inner.next());
        assertEquals(0, in.next());
        assertEquals(0, in.next());
    }

    @Test
    void aNumberHasAll64Bits() throws FormatException {
        byte[] record = new ProtoWriter().uint(1, -1).uint(2, Long.MAX_VALUE).bool(3, true).bool(4, false).toBytes();
        var in = new ProtoReader(record);
        in.next();
        assertEquals(-1, in.uint());
        in.next();
        assertEquals(Long.MAX_VALUE, in.uint());
        in.next();
        assertTrue(in.bool());
        in.next();
        assertFalse(in.bool());
    }

    @Test
    void valuesNobodyReadsAreSkippedWhateverTheirKind() throws FormatException {
        ProtoReader in = reader("089601" + "1203aabbcc" + "19" + "00".repeat(8) + "25" + "00".repeat(4) + "2801");
        assertEquals(1, in.next());
        assertEquals(2, in.next());
        in.skip();
        assertEquals(3, in.next());
        assertEquals(4, in.next());
        in.skip();
        in.skip();
        assertEquals(5, in.next());
        assertEquals(1, in.uint());
        assertEquals(0, in.next());
    }

    @Test
    void aPartOfAnArrayIsReadAndNothingBeyond() throws FormatException {
        byte[] bytes = HexFormat.of().parseHex("ffff" + "0a03010203" + "ffff");
        var in = new ProtoReader(bytes, 2, 5);
        assertEquals(1, in.next());
        assertArrayEquals(new byte[] {1, 2, 3}, in.bytes(3));
        assertEquals(0, in.next());
        var cut = new ProtoReader(bytes, 2, 4);
        cut.next();
        assertThrows(FormatException.class, () -> cut.bytes(3));
    }

    @Test
    void recordsWithinAPartOfAnArrayAreFound() throws FormatException {
        byte[] bytes = HexFormat.of().parseHex("ffff" + "0a05" + "1203010203" + "2001" + "ffff");
        var in = new ProtoReader(bytes, 2, 9);
        in.next();
        ProtoReader inner = in.message(5);
        assertEquals(2, inner.next());
        assertArrayEquals(new byte[] {1, 2, 3}, inner.bytes(3));
        assertEquals(0, inner.next());
        assertEquals(4, in.next());
        assertEquals(1, in.uint());
    }

    @Test
    void aValueOfTheGreatestLengthIsReadAndOneByteMoreIsRefused() throws FormatException {
        assertEquals(3, at("0a03616263").bytes(3).length);
        assertEquals("abc", at("0a03616263").string(3));
        assertNotNull(at("0a03616263").message(3));
        assertThrows(FormatException.class, () -> at("0a03616263").bytes(2));
        assertThrows(FormatException.class, () -> at("0a03616263").string(2));
        assertThrows(FormatException.class, () -> at("0a03616263").message(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff07", "ffffffff0f", "ffffffffffffffff7f", "ffffffffffffffffff01", "808080808001",
        "8380808010", "04"})
    void aLengthThatLiesIsRefusedWithoutTakingMemory(String length) {
        assertThrows(FormatException.class, () -> at("0a" + length + "010203").bytes(Integer.MAX_VALUE));
        assertThrows(FormatException.class, () -> at("0a" + length + "010203").string(Integer.MAX_VALUE));
        assertThrows(FormatException.class, () -> at("0a" + length + "010203").message(Integer.MAX_VALUE));
        assertThrows(FormatException.class, () -> at("0a" + length + "010203").skip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0001", "07", "80", "ffffffffff7f", "ffffffffffffffffffff01", "fa"})
    void aTagThatIsMalformedIsRefused(String hex) {
        assertThrows(FormatException.class, () -> {
            ProtoReader in = reader(hex);
            in.next();
            in.skip();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b", "0b0c", "0c", "0e", "0f"})
    void groupsAndUnknownKindsAreRefused(String hex) {
        assertThrows(FormatException.class, () -> {
            ProtoReader in = reader(hex);
            in.next();
            in.skip();
        });
    }

    @Test
    void groupsNestedWithoutEndCostNothing() {
        ProtoReader in = reader("0b".repeat(100_000));
        assertThrows(FormatException.class, () -> {
            while (in.next() != 0) {
                in.skip();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "0880", "08ffffffffffffffffffff01", "0a", "0a05616263", "09000000", "0d0000"})
    void aValueThatIsCutOffIsRefused(String hex) {
        assertThrows(FormatException.class, () -> at(hex).skip());
    }

    @Test
    void aValueOfAnotherKindThanAskedForIsRefused() {
        assertThrows(FormatException.class, () -> at("0a0161").uint());
        assertThrows(FormatException.class, () -> at("0801").bytes(9));
        assertThrows(FormatException.class, () -> at("0d00000000").uint());
        assertThrows(FormatException.class, () -> at("0900000000").message(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "ff", "c0af", "eda080", "f8888080", "e282", "f4908080"})
    void aTextThatIsNotUtf8IsRefused(String text) {
        assertThrows(FormatException.class, () -> at("0a0" + text.length() / 2 + text).string(9));
    }

    @Test
    void readingAValueTwiceOrBeforeTheFirstFieldIsOurOwnMistake() throws FormatException {
        assertThrows(IllegalStateException.class, () -> reader("0801").uint());
        ProtoReader in = at("0801");
        in.uint();
        assertThrows(IllegalStateException.class, in::uint);
    }

    @Test
    void fieldNumbersEndAt29Bits() throws FormatException {
        int last = (1 << 29) - 1;
        assertEquals(last, new ProtoReader(new ProtoWriter().uint(last, 1).toBytes()).next());
        assertThrows(IllegalArgumentException.class, () -> new ProtoWriter().uint(last + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ProtoWriter().uint(0, 1));
    }

    private static ProtoReader at(String hex) throws FormatException {
        ProtoReader in = reader(hex);
        in.next();
        return in;
    }

    private static ProtoReader reader(String hex) {
        return new ProtoReader(HexFormat.of().parseHex(hex));
    }

    private static String hex(ProtoWriter record) {
        return HexFormat.of().formatHex(record.toBytes());
    }
}
