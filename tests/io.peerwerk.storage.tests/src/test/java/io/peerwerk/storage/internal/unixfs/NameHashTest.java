// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NameHashTest {

    @Test
    void knownTextsHaveTheirKnownHashes() {
        assertEquals(0, NameHash.of(""));
        assertEquals(0xcbd8a7b341bd9b02L, NameHash.of("hello"));
        assertEquals(0xe34bbc7bbc071b6cL, NameHash.of("The quick brown fox jumps over the lazy dog"));
    }

    @Test
    void placesAreTakenFromTheHighestBitsOn() {
        long hash = 0x0123456789ABCDEFL;
        assertEquals(0x01, NameHash.place(hash, 256, 0));
        assertEquals(0x23, NameHash.place(hash, 256, 1));
        assertEquals(0xEF, NameHash.place(hash, 256, 7));
        assertEquals(8, NameHash.levels(256));
        assertEquals(0x004, NameHash.place(hash, 1024, 0));
        assertEquals(0, NameHash.place(hash, 8, 0));
        assertEquals(21, NameHash.levels(8));
        assertEquals(7, NameHash.place(hash, 8, 20));
    }
}
