// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {

    private static final String ED25519 = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
    private static final String SHA256 = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

    @ParameterizedTest
    @ValueSource(strings = {ED25519, SHA256, "QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC"})
    void anIdIsWrittenAsItWasRead(String text) throws FormatException {
        PeerId id = PeerId.parse(text);
        assertEquals(text, id.toString());
        assertEquals(id, PeerId.read(id.toBytes()));
        assertEquals(text.substring(text.length() - 6), id.brief());
    }

    @Test
    void theLastEightBytesAreAtHandHoweverShortAnIdIs() throws FormatException {
        byte[] hashed = HexFormat.of().parseHex("1220" + "00".repeat(24) + "8203040506070809");
        assertEquals(0x8203040506070809L, PeerId.read(hashed).tail());
        PeerId inline = new PublicKey(KeyType.RSA, new byte[] {9}).toPeerId();
        assertEquals(7, inline.toBytes().length);
        assertEquals(0x00_05_08_00_12_01_09L, inline.tail());
        assertEquals(inline, PeerId.read(inline.toBytes()));
    }

    @Test
    void anIdIsReadFromACidToo() throws FormatException {
        PeerId id = PeerId.parse("bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe");
        assertEquals(SHA256, id.toString());
        assertEquals(id, PeerId.parse(id.toCid().toString()));
        assertEquals(PeerId.parse(ED25519), PeerId.parse(PeerId.parse(ED25519).toCid().toString()));
    }

    @Test
    void aShortKeyStandsInTheIdItself() throws FormatException {
        PeerId id = PeerId.parse(ED25519);
        PublicKey key = id.inlineKey().orElseThrow();
        assertEquals(KeyType.ED25519, key.type());
        assertEquals(id, PeerId.of(key));
        assertEquals("0024" + HexFormat.of().formatHex(key.toBytes()), HexFormat.of().formatHex(id.toBytes()));
    }

    @Test
    void aLongKeyIsHashed() throws FormatException {
        var key = new PublicKey(KeyType.ECDSA, new byte[91]);
        PeerId id = PeerId.of(key);
        assertArrayEquals(Multihash.sha256(key.toBytes()).toBytes(), id.toBytes());
        assertEquals(Optional.empty(), id.inlineKey());
        assertTrue(id.toString().startsWith("Qm"));
    }

    @Test
    void aKeyOf42BytesStandsInTheIdAndOneOf43IsHashed() throws FormatException {
        PeerId inline = PeerId.of(new PublicKey(KeyType.ECDSA, new byte[38]));
        PeerId hashed = PeerId.of(new PublicKey(KeyType.ECDSA, new byte[39]));
        assertEquals(2 + PeerId.MAX_INLINE_KEY, inline.toBytes().length);
        assertTrue(inline.inlineKey().isPresent());
        assertTrue(hashed.inlineKey().isEmpty());
        assertEquals(inline, PeerId.read(inline.toBytes()));
    }

    @Test
    void anIdentityHashOf43BytesIsNoPeerEvenIfItHoldsAKey() {
        byte[] key = new PublicKey(KeyType.ECDSA, new byte[39]).toBytes();
        assertEquals(43, key.length);
        assertThrows(FormatException.class, () -> PeerId.read(Multihash.identity(key).toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000", "0001aa", "0024" + "00", "00240801122000", "1220", "122000", "1340", "1e0100",
        "0003080112"})
    void aHashThatNamesNoPeerIsRefused(String hex) {
        assertThrows(FormatException.class, () -> PeerId.read(HexFormat.of().parseHex(hex)));
    }

    @Test
    void aHashOfAnotherFunctionIsRefused() {
        byte[] sha512 = new Multihash(Multihash.SHA2_512, new byte[64]).toBytes();
        byte[] blake3 = new Multihash(0x1e, new byte[32]).toBytes();
        assertThrows(FormatException.class, () -> PeerId.read(sha512));
        assertThrows(FormatException.class, () -> PeerId.read(blake3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "Qm", "12D3", "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5S0",
        "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SAA", "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5",
        "zQmYyQ", "peer", "QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY",
        "bafybeigrf2dwtpjkiovnigysyto3d55opf6qkdikx6d65onrqnfzwgdkfa"})
    void aTextThatNamesNoPeerIsRefused(String text) {
        assertThrows(FormatException.class, () -> PeerId.parse(text));
    }

    @Test
    void aCidOfContentIsNoPeer() {
        assertThrows(FormatException.class, () -> PeerId.parse(Cid.raw(new byte[1]).toString()));
    }

    @Test
    void aHugeTextIsRefusedBeforeItIsDecoded() {
        assertThrows(FormatException.class, () -> PeerId.parse("1".repeat(50_000_000)));
    }

    @Test
    void idsAreOrderedByTheirBytesTakenUnsigned() throws FormatException {
        PeerId inline = PeerId.parse(ED25519);
        PeerId hashed = PeerId.parse(SHA256);
        assertTrue(inline.compareTo(hashed) < 0);
        assertEquals(0, hashed.compareTo(PeerId.parse(SHA256)));
        assertEquals(hashed.hashCode(), PeerId.parse(SHA256).hashCode());
    }
}
