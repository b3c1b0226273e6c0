// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.peerwerk.storage.Convergence;
import io.peerwerk.storage.Secret;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FileKeysTest {

    private static final byte[] KEY = HexFormat.of()
            .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private final FileKeys keys = new FileKeys(Secret.of(KEY));
    private final ChunkKeys chunks = new ChunkKeys(Secret.of(KEY));

    @Property(tries = 60)
    void aChunkOpensToWhatWasSealed(@ForAll @IntRange(max = 20_000) int length) throws SealBrokenException {
        byte[] plain = plain(length);
        byte[] sealed = seal(plain);
        assertArrayEquals(plain, ChunkSeal.open(key(plain), sealed, sealed.length));
    }

    private byte[] key(byte[] plain) {
        return chunks.keyOf(plain, plain.length);
    }

    private byte[] seal(byte[] plain) {
        byte[] sealed = new byte[plain.length + ChunkSeal.OVERHEAD];
        ChunkSeal.seal(key(plain), plain, plain.length, sealed);
        return sealed;
    }

    private static byte[] plain(int length) {
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) (i * 31);
        }
        return plain;
    }

    @Test
    void whatIsSealedIsAesGcmUnderAKeyOfHkdfOfSecretAndContent() throws Exception {
        byte[] plain = plain(10_000);
        byte[] name = "peerwerk/2 chunk".getBytes(StandardCharsets.US_ASCII);
        byte[] info = ByteBuffer.allocate(name.length + 32).put(name)
                .put(MessageDigest.getInstance("SHA-256").digest(plain)).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(hkdf(info), "AES"),
                new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(new byte[] {2, 0, 0, 0x27, 0x10});
        assertArrayEquals(plain, cipher.doFinal(seal(plain)));
    }

    /** HKDF-SHA-256 of RFC 5869 with an empty salt, for one block of output. */
    private static byte[] hkdf(byte[] info) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        byte[] prk = mac.doFinal(KEY);
        mac.init(new SecretKeySpec(prk, "HmacSHA256"));
        mac.update(info);
        return mac.doFinal(new byte[] {1});
    }

    @Test
    void theSameChunkIsSealedTheSameWithTheSameSecretAndInAnotherWayWithAnother() {
        byte[] plain = plain(100);
        assertArrayEquals(seal(plain), seal(plain));
        byte[] other = KEY.clone();
        other[0] ^= 1;
        ChunkKeys others = new ChunkKeys(Secret.of(other));
        assertFalse(Arrays.equals(key(plain), others.keyOf(plain, plain.length)));
        assertFalse(Arrays.equals(key(plain), key(plain(101))));
        byte[] padded = Arrays.copyOf(plain, 200);
        assertArrayEquals(key(plain), chunks.keyOf(padded, 100));
    }

    @Test
    void aChunkThatIsCutShortDoesNotOpen() {
        byte[] sealed = seal(plain(100));
        assertThrows(SealBrokenException.class, () -> ChunkSeal.open(key(plain(100)), sealed, sealed.length - 1));
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() {
        byte[] sealed = seal(plain(40));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(SealBrokenException.class, () -> ChunkSeal.open(key(plain(40)), flipped, flipped.length));
        }
    }

    @Test
    void theKeyOfAnotherChunkDoesNotOpen() {
        byte[] sealed = seal(plain(40));
        assertThrows(SealBrokenException.class, () -> ChunkSeal.open(key(plain(41)), sealed, sealed.length));
    }

    @Test
    void aChunksKeyOpensUnderItsNumberWithItsShardsInItsFileOnly() throws SealBrokenException {
        byte[] shards = {1, 2, 3};
        byte[] sealed = keys.chunkKeys().seal(7, KEY, shards);
        assertEquals(KeySeal.SEALED_BYTES, sealed.length);
        assertArrayEquals(KEY, keys.chunkKeys().open(7, sealed, shards));
        assertThrows(SealBrokenException.class, () -> keys.chunkKeys().open(8, sealed, shards));
        assertThrows(SealBrokenException.class, () -> keys.chunkKeys().open(7, sealed, new byte[] {1, 2, 4}));
        byte[] other = KEY.clone();
        other[31] ^= 1;
        KeySeal another = new FileKeys(Secret.of(other)).chunkKeys();
        assertThrows(SealBrokenException.class, () -> another.open(7, sealed, shards));
    }

    @Test
    void aRecordOpensOnlyWithItsContext() throws SealBrokenException {
        byte[] sealed = keys.manifest().seal(new byte[] {1, 2, 3}, new byte[] {9});
        assertArrayEquals(new byte[] {1, 2, 3}, keys.manifest().open(sealed, new byte[] {9}));
        assertThrows(SealBrokenException.class, () -> keys.manifest().open(sealed, new byte[] {8}));
        assertThrows(SealBrokenException.class, () -> keys.manifest().open(new byte[3], new byte[] {9}));
    }

    @Test
    void keysThatWereWipedSealNothingMore() {
        keys.close();
        assertThrows(IllegalStateException.class, () -> keys.chunkKeys().seal(0, KEY, new byte[0]));
        assertThrows(IllegalStateException.class, () -> keys.manifest().seal(KEY, new byte[0]));
        chunks.close();
        assertThrows(IllegalStateException.class, () -> chunks.keyOf(new byte[5], 5));
    }

    @Property(tries = 40)
    void paddingIsAsLongAsWantedTheSameForTheSameDirectoryAndHasNoEqualBlocks(
            @ForAll @IntRange(max = 100_000) int length) throws IOException {
        byte[] directory = {1, 2, 3};
        byte[] padding = read(directory, length);
        assertEquals(length, padding.length);
        assertArrayEquals(padding, chunks.padding(directory, length).readAllBytes());
        if (length >= 32) {
            assertNotEquals(HexFormat.of().formatHex(padding, 0, 16), HexFormat.of().formatHex(padding, 16, 32));
            assertFalse(Arrays.equals(padding, chunks.padding(new byte[] {1, 2}, length).readAllBytes()));
        }
    }

    /** In pieces of several sizes, single bytes among them. */
    private byte[] read(byte[] directory, int length) throws IOException {
        try (var in = chunks.padding(directory, length)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[1000];
            for (int one = in.read(); one >= 0; one = in.read()) {
                all.write(one);
                all.write(piece, 0, in.readNBytes(piece, 0, piece.length));
            }
            return all.toByteArray();
        }
    }

    @Test
    void aTextGivesASecretThatDependsOnItsWordsOnly() {
        Secret secret = Passphrase.stretch("correct horse battery");
        assertEquals(secret, Passphrase.stretch("  correct horse battery\n"));
        assertEquals(new Convergence.Shared(secret), Convergence.shared("correct horse battery"));
        assertNotEquals(secret, Passphrase.stretch("correct horse batterz"));
        assertEquals(32, secret.length());
    }

    @Test
    void aTextThatIsTooShortIsRefusedAndNotRepeated() {
        var e = assertThrows(IllegalArgumentException.class, () -> Convergence.shared("swordfish!!"));
        assertFalse(e.getMessage().contains("swordfish"));
        assertThrows(IllegalArgumentException.class, () -> new Convergence.Shared(Secret.of(new byte[15])));
    }

    @Test
    void aSecretShowsNothing() {
        Secret secret = Secret.of(KEY);
        assertFalse(secret.toString().contains("AAEC"));
        assertEquals(secret, Secret.of(KEY));
        secret.close();
        assertArrayEquals(new byte[32], secret.bytes());
    }
}
