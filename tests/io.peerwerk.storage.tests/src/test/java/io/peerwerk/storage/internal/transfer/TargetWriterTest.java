// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Entry;
import io.peerwerk.storage.internal.manifest.Entry.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders from someone else whose links lead where they should not. */
class TargetWriterTest {

    @TempDir
    private Path folder;
    private final List<Entry> entries = new ArrayList<>();

    private void link(String path, String target) {
        entries.add(new Entry(path, Kind.LINK, 0, 0, 0, target));
    }

    private boolean exists(String path) {
        return Files.exists(folder.resolve("target").resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private void write() throws IOException {
        entries.add(Entry.file("file", 0, 0644, 0));
        try (var writer = new TargetWriter(new Directory("d", true, entries), folder.resolve("target"))) {
            writer.finish();
        }
        assertTrue(exists("file"));
    }

    @Test
    void aLinkThatLeadsOutThroughAnotherLinkIsLeftOut() throws IOException {
        link("a/b/c/l1", "../../..");
        // By its letters it stays inside; through l1 it leads two folders above the target.
        link("l2", "a/b/c/l1/../../..");
        write();
        assertEquals(folder.resolve("target").toRealPath(), folder.resolve("target/a/b/c/l1").toRealPath());
        assertFalse(exists("l2"));
    }

    @Test
    void aLinkToSomethingThatNoSystemCanNameIsLeftOutAndTheRestIsWritten() throws IOException {
        link("nul", "a\0b");
        link("escape", "a\u001b[2J");
        link("good", "file");
        write();
        assertFalse(exists("nul"));
        assertFalse(exists("escape"));
        assertTrue(exists("good"));
    }
}
