// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.peerwerk.storage.Secret;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FileKeysTest {

    private static final byte[] KEY = HexFormat.of()
            .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private final FileKeys keys = new FileKeys(Secret.of(KEY));

    @Property(tries = 60)
    void aChunkOpensToWhatWasSealed(@ForAll @IntRange(max = 20_000) int length, @ForAll @IntRange(max = 1000) int index,
            @ForAll boolean last) throws SealBrokenException {
        byte[] plain = plain(length);
        byte[] sealed = seal(index, last, plain);
        assertArrayEquals(plain, keys.chunks().open(index, last, sealed, sealed.length));
    }

    private byte[] seal(long index, boolean last, byte[] plain) {
        byte[] sealed = new byte[plain.length + ChunkSeal.OVERHEAD];
        keys.chunks().seal(index, last, plain, plain.length, sealed);
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
    void whatIsSealedIsAesGcmUnderAKeyOfHkdf() throws Exception {
        byte[] plain = plain(10_000);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(hkdf("peerwerk/1 content"), "AES"),
                new GCMParameterSpec(128, nonce));
        cipher.updateAAD(new byte[] {1, 1});
        assertArrayEquals(plain, cipher.doFinal(seal(7, true, plain)));
    }

    /** HKDF-SHA-256 of RFC 5869 with an empty salt, for one block of output. */
    private static byte[] hkdf(String info) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        byte[] prk = mac.doFinal(KEY);
        mac.init(new SecretKeySpec(prk, "HmacSHA256"));
        mac.update(info.getBytes(StandardCharsets.US_ASCII));
        return mac.doFinal(new byte[] {1});
    }

    @Test
    void aChunkInAnotherOnesPlaceDoesNotOpen() {
        byte[] sealed = seal(3, false, plain(100));
        assertThrows(SealBrokenException.class, () -> keys.chunks().open(4, false, sealed, sealed.length));
    }

    @Test
    void contentThatWasCutShortDoesNotOpenAsIfItWereWhole() {
        byte[] sealed = seal(3, false, plain(100));
        assertThrows(SealBrokenException.class, () -> keys.chunks().open(3, true, sealed, sealed.length));
        assertThrows(SealBrokenException.class, () -> keys.chunks().open(3, false, sealed, sealed.length - 1));
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() {
        byte[] sealed = seal(0, true, plain(40));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(SealBrokenException.class, () -> keys.chunks().open(0, true, flipped, flipped.length));
        }
    }

    @Test
    void anotherKeyDoesNotOpen() {
        byte[] other = KEY.clone();
        other[31] ^= 1;
        byte[] sealed = seal(0, true, plain(40));
        assertThrows(SealBrokenException.class,
                () -> new FileKeys(Secret.of(other)).chunks().open(0, true, sealed, sealed.length));
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
        assertThrows(IllegalStateException.class, () -> seal(0, true, plain(10)));
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
