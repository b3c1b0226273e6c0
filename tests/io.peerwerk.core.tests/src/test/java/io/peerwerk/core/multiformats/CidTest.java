// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {

    private static final String V0 = "QmcRD4wkPPi6dig81r5sLj9Zm1gDCL4zgpEj9CfuRrGbzF";
    private static final String SAME_AS_V1 = "bafybeigrf2dwtpjkiovnigysyto3d55opf6qkdikx6d65onrqnfzwgdkfa";

    @Test
    void anIdOfVersion0IsReadAndWritten() throws FormatException {
        Cid cid = Cid.parse(V0);
        assertEquals(0, cid.version());
        assertEquals(Cid.DAG_PB, cid.codec());
        assertEquals(V0, cid.toString());
        assertEquals(cid, Cid.read(cid.toBytes()));
        assertEquals(34, cid.toBytes().length);
    }

    @Test
    void theSameContentHasAnIdOfVersion1() throws FormatException {
        Cid cid = Cid.v1(Cid.DAG_PB, Cid.parse(V0).hash());
        assertEquals(SAME_AS_V1, cid.toString());
        assertEquals(cid, Cid.parse(SAME_AS_V1));
        assertNotEquals(cid, Cid.parse(V0));
    }

    @ParameterizedTest
    @CsvSource({
        "bafkreiatqjyjbs7u6gmqzucb4odvia5uhyzyo75c3j6iaard2ouhvu2vbe, "
                + "0155122013827090cbf4f1990cd041e3875403b43e33877fa2da7c800223d3a87ad35509",
        "zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA, "
                + "015512206e6ff7950a36187a801613426e858dce686cd7d7e3c0fc42ee0330072d245c95",
        "QmYxFD7AAEgAHaYMzU52wjkL15HrNfiuNfVVaXzctf4iJd, "
                + "12209db334f4ed28fbd34066159c609ccfe153034f2425d776bc7bcc3b6c916c85ba",
        "bafybeidyxh2cyiwdzczgbn4bk6g2gfi6qiamoqogw5bxxl5p6wu57g2ahy, "
                + "0170122078b9f42c22c3c8b260b781578da3151e8200c741c6b7437bafaff5a9df9b403e",
        "bafykbzacea6h5nvlblvak5jhj7m7ku5sp7u2roo3lbembab3a6tnvmuzgcqas, "
                + "0170a0e402203c7eb6ab0aea0575274fd9f553b27fe9a8b9db5848c0803b07a6dab29930a009"})
    void idsOfOtherImplementationsAreRead(String text, String hex) throws FormatException {
        Cid cid = Cid.parse(text);
        assertEquals(hex, HexFormat.of().formatHex(cid.toBytes()));
        assertEquals(cid, Cid.read(HexFormat.of().parseHex(hex)));
    }

    @Test
    void oneIdIsReadInEveryBase() throws FormatException {
        Cid cid = Cid.parse("bafybeia2ixqr5fda7cw5vem65xtirm6puhde3vrehkv4zqxxicwc6gbmuq");
        assertEquals(cid, Cid.parse("k2jmtxs0omsxbtzexbx41py6k7akdtllisuuumrorlmyo2tixbx59rj8"));
        assertEquals(cid, Cid.parse("zdj7WXCTUquTeArWZZbaegbyYuz8mujpBZJkCQsfcvE458QR1"));
        assertEquals(cid, Cid.parse(Multibase.encode(Multibase.BASE64_URL, cid.toBytes())));
        assertEquals(cid.hash(), Cid.parse("QmQ7D7QqcAhFdrFfquiz7B5RWZiJ6e9Ast1LzpXZEdZWF5").hash());
    }

    @Test
    void theIdOfRawBytesIsTheOneThatIpfsGivesThem() {
        Cid cid = Cid.raw("hello world".getBytes(US_ASCII));
        assertEquals("zb2rhj7crUKTQYRGCRATFaQ6YFLTde2YzdqbbhAASkL9uRDXn", Multibase.encode('z', cid.toBytes()));
        assertEquals(1, cid.version());
        assertEquals(Cid.RAW, cid.codec());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Q", "Qm", "QmcRD4wkPPi6dig81r5sLj9Zm1gDCL4zgpEj9CfuRrGbz",
        "zQmcRD4wkPPi6dig81r5sLj9Zm1gDCL4zgpEj9CfuRrGbzF",
        "afybeigrf2dwtpjkiovnigysyto3d55opf6qkdikx6d65onrqnfzwgdkfa",
        "bafybeigrf2dwtpjkiovnigysyto3d55opf6qkdikx6d65onrqnfzwgdkf",
        "bafybeigrf2dwtpjkiovnigysyto3d55opf6qkdikx6d65onrqnfzwgdkfaa", "b", "f00", "f01", "f0155", "f015512",
        "f02551200", "f0370122000", "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10"})
    void aTextThatIsNoIdIsRefused(String text) {
        assertThrows(FormatException.class, () -> Cid.parse(text));
    }

    @Test
    void anIdOfVersion0MayNotNameItsBase() {
        assertThrows(FormatException.class, () -> Cid.parse("z" + V0));
        assertThrows(FormatException.class, () -> Cid.parse(Multibase.encode('b', Cid.parse(V0).toBytes())));
    }

    @Test
    void reservedVersionsAreRefused() {
        for (String version : new String[] {"00", "02", "03", "8100"}) {
            assertThrows(FormatException.class, () -> Cid.read(HexFormat.of().parseHex(version + "55000161")));
        }
    }

    @Test
    void bytesAfterAnIdAreRefused() throws FormatException {
        assertEquals("f0155000161", Multibase.encode('f', Cid.read(HexFormat.of().parseHex("0155000161")).toBytes()));
        assertThrows(FormatException.class, () -> Cid.read(HexFormat.of().parseHex("015500016100")));
    }

    @Test
    void anIdOfTheGreatestLengthIsReadFromEveryBase() throws FormatException {
        Cid cid = Cid.v1(Long.MAX_VALUE, new Multihash(Long.MAX_VALUE, new byte[Multihash.MAX_DIGEST]));
        for (char base : "fbkzmu".toCharArray()) {
            assertEquals(cid, Cid.parse(Multibase.encode(base, cid.toBytes())));
        }
    }

    @Test
    void aHugeTextIsRefusedBeforeItIsDecoded() {
        assertThrows(FormatException.class, () -> Cid.parse("b" + "a".repeat(50_000_000)));
    }

    @Test
    void onlyASha256HashMakesAnIdOfVersion0() {
        assertThrows(IllegalArgumentException.class, () -> Cid.v0(Multihash.identity(new byte[1])));
    }

    @Test
    void idsAreOrderedByTheirBytesTakenUnsigned() {
        Cid small = Cid.v1(Cid.RAW, Multihash.identity(new byte[] {0x7F}));
        Cid large = Cid.v1(Cid.RAW, Multihash.identity(new byte[] {(byte) 0x80}));
        assertTrue(small.compareTo(large) < 0);
        assertTrue(large.compareTo(small) > 0);
        assertEquals(0, small.compareTo(Cid.v1(Cid.RAW, Multihash.identity(new byte[] {0x7F}))));
    }
}
