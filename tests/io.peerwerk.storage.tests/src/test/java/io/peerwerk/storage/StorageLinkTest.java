// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageLinkTest {

    private static final Cid ROOT = Cid.v1(Cid.PEERWERK, Multihash.sha256(new byte[] {1}));
    private static final StorageLink LINK = new StorageLink(ROOT, Secret.of(new byte[32]));

    @Property(tries = 200)
    void aLinkIsReadAsItWasWritten(@ForAll @Size(32) byte[] key) throws FormatException {
        StorageLink link = new StorageLink(ROOT, Secret.of(key));
        assertEquals(link, StorageLink.parse(link.toString()));
        assertEquals(link, StorageLink.parse("  " + link + "\n"));
    }

    @Property(tries = 500)
    void anyTextIsALinkOrIsRefused(@ForAll String text) {
        Untrusted.read(() -> StorageLink.parse(text));
        Untrusted.read(() -> StorageLink.parse("peerwerk:" + text));
        Untrusted.read(() -> StorageLink.parse("peerwerk:" + ROOT + "." + text));
    }

    @ParameterizedTest
    @CsvSource({"hello,does not begin", "peerwerk:abc,no key", "peerwerk:zzz.AAAA,not a CID",
            "http://x.y,does not begin"})
    void aWrongLinkIsToldInOneSentence(String text, String words) {
        FormatException e = assertThrows(FormatException.class, () -> StorageLink.parse(text));
        assertTrue(e.getMessage().contains(words), e::getMessage);
    }

    @Test
    void aLinkThatWasCutOffIsToldSoWithoutRepeatingTheKey() {
        String text = LINK.toString();
        for (int length = text.indexOf('.') + 1; length < text.length(); length++) {
            String cut = text.substring(0, length);
            FormatException e = assertThrows(FormatException.class, () -> StorageLink.parse(cut));
            assertTrue(e.getMessage().contains("cut off"), e::getMessage);
        }
    }

    @Test
    void eachKeyHasOneSpelling() {
        String text = LINK.toString();
        // The last character has two bits that mean nothing.
        String other = text.substring(0, text.length() - 1) + "B";
        assertThrows(FormatException.class, () -> StorageLink.parse(other));
        assertThrows(FormatException.class, () -> StorageLink.parse(text.replace("AAAA", "AA*A")));
    }

    @Test
    void aLinkWithAFurtherPartIsOfANewerVersion() {
        FormatException e = assertThrows(FormatException.class, () -> StorageLink.parse(LINK + ".v2"));
        assertTrue(e.getMessage().contains("this version does not know"), e::getMessage);
    }

    @Test
    void logsAndItemsDoNotShowTheKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x55);
        StorageLink link = new StorageLink(ROOT, Secret.of(key));
        StoredItem item = new StoredItem("n", link, 1, Instant.EPOCH, PutOptions.standard(), false);
        for (String shown : new String[] {link.redacted(), item.toString(), link.key().toString()}) {
            assertFalse(shown.contains("VVVV"), shown);
        }
        assertTrue(link.toString().contains("VVVV"));
    }
}
