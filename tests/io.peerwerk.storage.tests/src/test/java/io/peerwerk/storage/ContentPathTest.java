// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPathTest {

    private static final Cid ROOT = Cid.raw(new byte[] {1});

    @ParameterizedTest
    @ValueSource(strings = {"/ipfs/%s/a/b c", "ipfs://%s/a/b c", "%s/a/b c", "%s//a///b c/"})
    void aPathIsReadInEachOfItsForms(String form) throws FormatException {
        ContentPath path = ContentPath.parse(form.formatted(ROOT));
        assertEquals(new ContentPath(ROOT, List.of("a", "b c")), path);
        assertEquals(path, ContentPath.parse(path.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ipfs/%s", "%s", "%s/"})
    void aRootAloneHasNoNames(String form) throws FormatException {
        assertEquals(ContentPath.of(ROOT), ContentPath.parse(form.formatted(ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/ipfs/", "/ipns/%s", "%s/../x", "%s/./x", "/ipfs//%s", "peerwerk:%s"})
    void whatIsNoPathIsRefused(String form) {
        assertThrows(FormatException.class, () -> ContentPath.parse(form.formatted(ROOT)));
    }

    @Test
    void aPathThatIsTooLongIsRefusedUnread() {
        assertThrows(FormatException.class, () -> ContentPath.parse(ROOT + "/" + "a".repeat(1 << 13)));
    }
}
