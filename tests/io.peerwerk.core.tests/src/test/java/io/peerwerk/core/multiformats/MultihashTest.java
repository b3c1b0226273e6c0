// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultihashTest {

    private static final byte[] ABC = "abc".getBytes(US_ASCII);
    private static final String SHA2_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String SHA2_512_OF_ABC = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    @Test
    void theHashOfAbcIsTheOneOfFips180() {
        assertEquals("1220" + SHA2_256_OF_ABC, HexFormat.of().formatHex(Multihash.sha256(ABC).toBytes()));
    }

    @Test
    void partsAreHashedAsIfTheyWereOne() {
        assertEquals(Multihash.sha256(ABC), Multihash.sha256(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}));
    }

    @Test
    void aBufferIsHashedFromItsPositionAndStaysThere() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(5).put((byte) 'x').put(ABC).put((byte) 'y').position(1).limit(4);
        assertEquals(Multihash.sha256(ABC), Multihash.sha256(buffer));
        assertTrue(Multihash.sha256(ABC).matches(buffer));
        assertEquals(1, buffer.position());
        assertEquals(3, buffer.remaining());
    }

    @Test
    void theHashByAFunctionIsTheOneThatTheDataMatches() {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {9, 1, 2, 3}).position(1);
        for (long function : new long[] {Multihash.SHA2_256, Multihash.SHA2_512, Multihash.IDENTITY}) {
            Multihash hash = Multihash.of(function, data).orElseThrow();
            assertEquals(function, hash.code());
            assertTrue(hash.matches(data));
        }
        assertEquals(1, data.position());
        assertTrue(Multihash.of(0x1b, data).isEmpty(), "Keccak-256");
        assertTrue(Multihash.of(Multihash.IDENTITY, ByteBuffer.allocate(Multihash.MAX_DIGEST)).isPresent());
        assertTrue(Multihash.of(Multihash.IDENTITY, ByteBuffer.allocate(Multihash.MAX_DIGEST + 1)).isEmpty());
    }

    @Test
    void dataMatchesItsOwnHashAndNoOther() throws FormatException {
        Multihash sha512 = hash("1340" + SHA2_512_OF_ABC);
        for (Multihash hash : List.of(Multihash.sha256(ABC), Multihash.identity(ABC), sha512)) {
            assertTrue(hash.matches(ByteBuffer.wrap(ABC)), hash.toString());
            assertFalse(hash.matches(ByteBuffer.wrap(ABC, 0, 2)), hash.toString());
            assertFalse(hash.matches(ByteBuffer.wrap("abd".getBytes(US_ASCII))), hash.toString());
        }
    }

    @Test
    void aHashOfAFunctionWeDoNotHaveIsReadButMatchesNothing() throws FormatException {
        Multihash blake3 = hash("1e20" + SHA2_256_OF_ABC);
        assertEquals(0x1e, blake3.code());
        assertFalse(blake3.matches(ByteBuffer.wrap(ABC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "1220", "1220ba78",
        "121fba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015",
        "1221ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00", "120100", "1200", "134000",
        "920020"})
    void aHashThatIsCutOffOrTruncatedIsRefused(String hex) {
        assertThrows(FormatException.class, () -> hash(hex));
    }

    @Test
    void aLengthThatLiesCostsNoMemory() {
        assertThrows(FormatException.class, () -> hash("12ffffffffffffffff7f"));
        assertThrows(FormatException.class, () -> hash("00ffffffff07"));
        assertThrows(FormatException.class, () -> hash("1effffffffffffffffff01"));
    }

    @Test
    void bytesAfterAHashAreRefusedUnlessABufferHoldsMore() throws FormatException {
        assertThrows(FormatException.class, () -> hash("1220" + SHA2_256_OF_ABC + "00"));
        ByteBuffer two = ByteBuffer.wrap(HexFormat.of().parseHex("0001aa0001bb"));
        assertEquals(Multihash.identity(new byte[] {(byte) 0xAA}), Multihash.parse(two));
        assertEquals(Multihash.identity(new byte[] {(byte) 0xBB}), Multihash.parse(two));
        assertFalse(two.hasRemaining());
    }

    @Test
    void anIdentityHashHoldsAtMost128Bytes() throws FormatException {
        assertEquals(Multihash.identity(new byte[128]), hash("008001" + "00".repeat(128)));
        assertThrows(FormatException.class, () -> hash("008101" + "00".repeat(129)));
        assertThrows(IllegalArgumentException.class, () -> Multihash.identity(new byte[129]));
    }

    @Test
    void aDigestOfAnUnknownFunctionHasAtMost128Bytes() throws FormatException {
        assertEquals(128, hash("1e8001" + "00".repeat(128)).digest().length);
        assertThrows(FormatException.class, () -> hash("1e8101" + "00".repeat(129)));
    }

    @Test
    void aDigestIsCopiedInAndOut() {
        byte[] digest = {1, 2, 3};
        Multihash hash = Multihash.identity(digest);
        digest[0] = 9;
        hash.digest()[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, hash.digest());
    }

    @Test
    void hashesAreEqualByFunctionAndDigest() throws FormatException {
        assertEquals(Multihash.sha256(ABC), hash("1220" + SHA2_256_OF_ABC));
        assertEquals(Multihash.sha256(ABC).hashCode(), hash("1220" + SHA2_256_OF_ABC).hashCode());
        assertNotEquals(Multihash.sha256(ABC), hash("1e20" + SHA2_256_OF_ABC));
        assertEquals("Multihash[0x0 616263]", Multihash.identity(ABC).toString());
    }

    private static Multihash hash(String hex) throws FormatException {
        return Multihash.parse(HexFormat.of().parseHex(hex));
    }
}
