// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.wire.FormatException;

class DnsMessageTest {

    private static final DomainName SERVICE = DomainName.of("_p2p._udp.local");
    private static final String HEADER = "0000 8400 0000 0001 0000 0000";

    @Test
    void aQuestionIsWrittenAsJsLibp2pWritesIt() {
        DnsMessage query = DnsMessage.query(new Question(SERVICE, RecordType.PTR));
        assertArrayEquals(Captured.JS_QUERY, query.toBytes());
    }

    @Test
    void whatJsLibp2pAnswersIsRead() throws FormatException {
        DnsMessage message = DnsMessage.parse(Captured.JS_RESPONSE);

        assertTrue(message.response());
        var pointer = (ResourceRecord.Pointer) message.answers().getFirst();
        assertEquals(SERVICE, pointer.name());
        assertTrue(pointer.target().isChildOf(SERVICE));
        assertEquals(120, pointer.ttl());
        var text = (ResourceRecord.Text) message.answers().get(1);
        assertEquals(List.of("dnsaddr=/ip4/10.77.0.1/tcp/41275/p2p/" + Captured.JS_PEER), text.strings());
        assertEquals(3, message.answers().size());
    }

    @Test
    void aNameThatCameBeforeIsPointedTo() {
        var message = DnsMessage.response(List.of(new ResourceRecord.Pointer(SERVICE, SERVICE.child("me"), 120)),
                List.of(new ResourceRecord.Text(SERVICE.child("me"), List.of("a=b"), 120)));
        assertEquals("000084000000000100000001"
                + "045f703270045f756470056c6f63616c00" + "000c" + "0001" + "00000078" + "0005" + "026d65" + "c00c"
                + "c027" + "0010" + "8001" + "00000078" + "0004" + "03613d62", HexFormat.of().formatHex(message.toBytes()));
    }

    @Test
    void everyKindOfRecordComesOutAsItWentIn() throws FormatException {
        var message = DnsMessage.response(List.of(new ResourceRecord.Pointer(SERVICE, SERVICE.child("me"), 0)),
                List.of(new ResourceRecord.Text(SERVICE.child("me"), List.of("one", "two"), 4500),
                        new ResourceRecord.Service(SERVICE.child("me"), DomainName.of("me.local"), 4001, 1),
                        new ResourceRecord.Address(DomainName.of("me.local"), ByteBuffer.wrap(new byte[4]), 2),
                        new ResourceRecord.Address(DomainName.of("me.local"), ByteBuffer.wrap(new byte[16]), 3)));
        assertEquals(message, DnsMessage.parse(message.toBytes()));
    }

    @Test
    void capitalsMeanTheSame() throws FormatException {
        assertEquals(DomainName.of("_p2p._udp.local"), DomainName.of("_P2P._uDp.LOCAL"));
    }

    @Test
    void aNameThatGoesOnAtItselfIsRefused() {
        assertRefused(HEADER + "c00c 000c 0001 00000078 0000");
    }

    @Test
    void aNameThatGoesOnBehindItselfIsRefused() {
        assertRefused(HEADER + "c00e c00c 000c 0001 00000078 0000");
    }

    @Test
    void namesThatGoOnAtEachOtherAreRefused() {
        // The name at 12 leads to 14 only by a pointer that lies behind: refused like any other.
        assertRefused(HEADER + "0161 c00c 000c 0001 00000078 0000");
    }

    @Test
    void aNameThatGoesOnFartherAndFartherToTheFrontIsRead() throws FormatException {
        DnsMessage message = parse(HEADER + "026c6f00 000c 0001 00000078 0004 0161 c00c");
        assertEquals(DomainName.of("a.lo"), ((ResourceRecord.Pointer) message.answers().getFirst()).target());
    }

    @Test
    void aNameOfSoManyBytesIsReadAndOneMoreIsRefused() throws FormatException {
        String labels = ("3f" + "61".repeat(63)).repeat(3);
        String fitting = labels + "3d" + "62".repeat(61) + "00";
        String longer = labels + "3e" + "62".repeat(62) + "00";
        assertEquals(255, HexFormat.of().parseHex(fitting).length);
        assertEquals(1, parse("0000 0000 0001 0000 0000 0000" + fitting + "000c 0001").questions().size());
        assertRefused("0000 0000 0001 0000 0000 0000" + longer + "000c 0001");
    }

    @Test
    void aNameThatGrowsPointerByPointerIsRefusedOnceItIsTooLong() throws FormatException {
        assertEquals(23, parse(growing(23)).questions().size());
        assertRefused(growing(24));
    }

    /** Questions whose names have a label of ten bytes before the name of the question in front. */
    private static String growing(int count) {
        var hex = new StringBuilder(String.format("0000 0000 %04x 0000 0000 0000", count));
        hex.append("0a").append("61".repeat(10)).append("00 000c 0001");
        for (int i = 1, before = 12, here = 28; i < count; i++, before = here, here += 17) {
            hex.append("0a").append("61".repeat(10)).append(String.format("%04x", 0xc000 | before)).append("000c 0001");
        }
        return hex.toString();
    }

    @Test
    void aLabelOfAnUnknownKindIsRefused() {
        assertRefused(HEADER + "4061 00 000c 0001 00000078 0000");
        assertRefused(HEADER + "8061 00 000c 0001 00000078 0000");
    }

    @Test
    void aCutOffMessageIsRefusedWhereverItIsCut() {
        for (int length = 0; length < Captured.JS_RESPONSE.length; length++) {
            byte[] cut = Arrays.copyOf(Captured.JS_RESPONSE, length);
            assertThrows(FormatException.class, () -> DnsMessage.parse(cut), "cut at " + length);
        }
    }

    @Test
    void aRecordThatIsLongerThanItsMessageIsRefused() {
        assertRefused(HEADER + "00 0010 0001 00000078 ffff 00");
    }

    @Test
    void aTextThatIsLongerThanItsRecordIsRefused() {
        assertRefused(HEADER + "00 0010 0001 00000078 0002 0361 6263");
    }

    @Test
    void anAddressOfTheWrongLengthIsRefused() {
        assertRefused(HEADER + "00 0001 0001 00000078 0003 010203");
        assertRefused(HEADER + "00 0001 0001 00000078 0005 0102030405");
    }

    @Test
    void soManyRecordsAreReadAndOneMoreIsRefused() throws FormatException {
        String one = "00 0010 0001 00000078 0000";
        assertEquals(256, parse("0000 8400 0000 0100 0000 0000" + one.repeat(256)).answers().size());
        assertRefused("0000 8400 0000 0100 0000 0001" + one.repeat(257));
    }

    @Test
    void soManyQuestionsAreReadAndOneMoreIsRefused() throws FormatException {
        String one = "00 000c 0001";
        assertEquals(64, parse("0000 0000 0040 0000 0000 0000" + one.repeat(64)).questions().size());
        assertRefused("0000 0000 0041 0000 0000 0000" + one.repeat(65));
    }

    @Test
    void countsThatAreLiesCostNothing() {
        assertRefused("0000 8400 ffff ffff ffff ffff");
        assertRefused("0000 8400 0000 00ff 0000 0000");
    }

    @Test
    void soManyStringsAreReadAndOneMoreIsRefused() throws FormatException {
        String header = HEADER + "00 0010 0001 00000078";
        var text = (ResourceRecord.Text) parse(header + "0100" + "0161".repeat(128)).answers().getFirst();
        assertEquals(128, text.strings().size());
        assertRefused(header + "0102" + "0161".repeat(129));
    }

    @Test
    void emptyStringsWithoutEndAreNotKept() throws FormatException {
        var text = (ResourceRecord.Text) parse(HEADER + "00 0010 0001 00000078 2000" + "00".repeat(0x2000)).answers()
                .getFirst();
        assertEquals(List.of(), text.strings());
    }

    @Test
    void aMessageOfSoManyBytesIsReadAndOneMoreIsRefused() throws FormatException {
        String start = HEADER + "00 00ff 0001 00000078";
        assertEquals(0, parse(start + "2311" + "00".repeat(8977)).answers().size());
        assertRefused(start + "2312" + "00".repeat(8978));
    }

    @Test
    void recordsOfOtherTypesAndNetworksAreLeftOut() throws FormatException {
        assertEquals(List.of(), parse(HEADER + "00 0029 05c0 00000000 0000").answers());
        assertEquals(List.of(), parse(HEADER + "00 0010 0003 00000078 0002 0161").answers());
    }

    @Test
    void aTimeToLiveThatIsNegativeIsZero() throws FormatException {
        assertEquals(0, parse(HEADER + "00 0010 0001 80000000 0002 0161").answers().getFirst().ttl());
        assertEquals(0x7fffffff, parse(HEADER + "00 0010 0001 7fffffff 0002 0161").answers().getFirst().ttl());
    }

    @Test
    void anOtherOperationOrAnErrorIsRefused() {
        assertRefused("0000 0800 0000 0000 0000 0000");
        assertRefused("0000 8403 0000 0000 0000 0000");
    }

    @Test
    void aLabelOrNameThatIsTooLongIsNotMade() {
        assertFalse(DomainName.of("a".repeat(63)).labels().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> DomainName.of("a".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> new DomainName(Collections.nCopies(64, "abc")));
        assertThrows(IllegalArgumentException.class, () -> DomainName.of("a..b"));
        assertThrows(IllegalArgumentException.class, () -> DomainName.of("\u0100"));
    }

    private static DnsMessage parse(String hex) throws FormatException {
        return DnsMessage.parse(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static void assertRefused(String hex) {
        assertThrows(FormatException.class, () -> parse(hex));
    }
}
