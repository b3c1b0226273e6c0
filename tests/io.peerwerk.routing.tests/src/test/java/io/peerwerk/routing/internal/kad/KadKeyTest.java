// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KadKeyTest {

    @Test
    void thePlaceOfANameIsItsHash() {
        // SHA-256 of "abc", FIPS 180-2
        assertEquals(new KadKey(0xba7816bf8f01cfeaL, 0x414140de5dae2223L, 0xb00361a396177a9cL, 0xb410ff61f20015adL),
                KadKey.of("abc".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void sharedBitsAreCountedAcrossWords() {
        var zero = new KadKey(0, 0, 0, 0);
        assertEquals(0, zero.sharedBits(new KadKey(Long.MIN_VALUE, 0, 0, 0)));
        assertEquals(63, zero.sharedBits(new KadKey(1, 0, 0, 0)));
        assertEquals(64, zero.sharedBits(new KadKey(0, Long.MIN_VALUE, 0, 0)));
        assertEquals(255, zero.sharedBits(new KadKey(0, 0, 0, 1)));
        assertEquals(256, zero.sharedBits(zero));
    }

    @Test
    void aDistanceIsAPartOfTheSpace() {
        assertEquals(0.5, new KadKey(Long.MIN_VALUE, 0, 0, 0).fraction());
        assertEquals(0.25, new KadKey(1L << 62, 0, 0, 0).fraction());
        assertEquals(0x1p-65, new KadKey(0, Long.MIN_VALUE, 0, 0).fraction());
        assertTrue(new KadKey(-1, -1, -1, -1).fraction() <= 1);
    }

    @Property
    void theDistanceIsSymmetricAndKeepsTheTriangle(@ForAll byte[] one, @ForAll byte[] two, @ForAll byte[] three) {
        KadKey a = KadKey.of(one);
        KadKey b = KadKey.of(two);
        KadKey c = KadKey.of(three);
        assertEquals(a.distance(b), b.distance(a));
        assertEquals(a.distance(c), a.distance(b).distance(b.distance(c)));
        assertEquals(new KadKey(0, 0, 0, 0), a.distance(a));
        assertEquals(a.compareTo(b) == 0, a.equals(b));
    }
}
