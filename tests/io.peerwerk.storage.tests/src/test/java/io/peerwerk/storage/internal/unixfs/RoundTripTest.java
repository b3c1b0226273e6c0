// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.MemoryBlocks;
import io.peerwerk.storage.internal.unixfs.Profile.FolderSize;
import io.peerwerk.storage.internal.unixfs.Profile.Leaves;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FileNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.FolderNode;
import io.peerwerk.storage.internal.unixfs.UnixFsNode.SymlinkNode;

class RoundTripTest {

    private static final Profile TINY = new Profile(16, 4, Leaves.RAW, FolderSize.OF_LINKS);

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final UnixFsReader reader = new UnixFsReader(blocks, ReadLimits.STANDARD);

    private UnixFsImporter importer(Profile profile) {
        return new UnixFsImporter(profile, blocks);
    }

    private Imported file(byte[] content) throws IOException {
        return importer(Profile.HELIA).file(new ByteArrayInputStream(content), Attributes.NONE);
    }

    private static byte[] content(int size) throws IOException {
        return new Sample.PseudoRandom(size, size).readAllBytes();
    }

    @Property(tries = 300)
    void aFileIsReadAsItWasImported(@ForAll @IntRange(max = 3000) int size,
            @ForAll @IntRange(min = 1, max = 40) int chunk, @ForAll @IntRange(min = 2, max = 9) int links,
            @ForAll Leaves leaves) throws IOException {
        byte[] content = content(size);
        var profile = new Profile(chunk, links, leaves, FolderSize.OF_LINKS);
        Imported file = importer(profile).file(new ByteArrayInputStream(content), Attributes.NONE);
        assertEquals(size, file.bytes());
        assertEquals(size, ((FileNode) reader.stat(file.cid())).size());
        assertArrayEquals(content, reader.read(file.cid()).readAllBytes());
    }

    @Property(tries = 300)
    void aPartOfAFileIsReadAsItWasImported(@ForAll @IntRange(max = 1500) int size,
            @ForAll @IntRange(max = 1600) int from, @ForAll @IntRange(max = 1600) int length, @ForAll Leaves leaves) throws IOException {
        byte[] content = content(size);
        var profile = new Profile(10, 3, leaves, FolderSize.OF_LINKS);
        Cid file = importer(profile).file(new ByteArrayInputStream(content), Attributes.NONE).cid();
        byte[] expected = from >= size ? new byte[0]
                : Arrays.copyOfRange(content, from, Math.min(size, from + length));
        assertArrayEquals(expected, reader.read(file, from, length).readAllBytes());
    }

    @Test
    void aPartIsReadWithTheBlocksThatItIsInOnly() throws IOException {
        Cid file = importer(TINY).file(new ByteArrayInputStream(content(4096)), Attributes.NONE).cid();
        blocks.asked();
        assertArrayEquals(Arrays.copyOfRange(content(4096), 2000, 2016),
                reader.read(file, 2000, 16).readAllBytes());
        assertEquals(4 + 1, blocks.asked().size(), "four nodes and a chunk");
        try (InputStream in = reader.read(file)) {
            assertEquals(content(4096)[0] & 0xFF, in.read());
        }
        assertEquals(4 + 1, blocks.asked().size());
    }

    @Test
    void knownFilesHaveTheCidsThatKuboGivesThem() throws IOException {
        assertEquals("QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH", cid(Profile.UNIXFS_V0_2015, ""));
        assertEquals("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", cid(Profile.UNIXFS_V0_2015, "hello world\n"));
        assertEquals("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
                cid(Profile.CID_V1_256K, "hello world"));
    }

    private String cid(Profile profile, String text) throws IOException {
        return importer(profile).file(new ByteArrayInputStream(text.getBytes()), Attributes.NONE).cid().toString();
    }

    @Test
    void whatAFileSaysAboutItselfIsRead() throws IOException {
        var attributes = new Attributes(0755, Instant.ofEpochSecond(1_000_000_000, 7));
        for (Profile profile : List.of(TINY, Profile.HELIA, Profile.UNIXFS_V0_2015)) {
            Cid file = importer(profile).file(new ByteArrayInputStream(content(100)), attributes).cid();
            assertEquals(new FileNode(file, 100, attributes), reader.stat(file));
            assertArrayEquals(content(100), reader.read(file).readAllBytes());
        }
    }

    @Test
    void aTreeIsWalkedAndItsPathsAreResolved() throws IOException {
        UnixFsImporter importer = importer(Profile.UNIXFS_V1_2025);
        var mode = new Attributes(0700, null);
        Imported link = importer.symlink("../b", mode);
        Imported inner = importer.folder(mode).add("Grüße", file(content(3))).add("link", link).finish();
        Imported root = importer.folder(Attributes.NONE).add("b", file(content(5))).add("a", inner)
                .add("empty", importer.folder(Attributes.NONE).finish()).finish();
        List<String> paths = new ArrayList<>();
        reader.walk(root.cid(), (path, node) -> paths.add(path + " " + node.getClass().getSimpleName()));
        assertEquals(List.of(" FolderNode", "a FolderNode", "a/Grüße FileNode", "a/link SymlinkNode", "b FileNode",
                "empty FolderNode"), paths);
        assertEquals(root.cid(), reader.resolve(root.cid(), "").cid());
        assertEquals(new FolderNode(inner.cid(), false, mode), reader.resolve(root.cid(), "a"));
        assertEquals(new SymlinkNode(link.cid(), "../b", mode), reader.resolve(root.cid(), "a/link"));
        assertEquals(3, ((FileNode) reader.resolve(root.cid(), "a/Grüße")).size());
        for (String none : List.of("c", "a/c", "b/c", "a/link/b", "empty/a")) {
            assertThrows(FileNotFoundException.class, () -> reader.resolve(root.cid(), none), none);
        }
        for (String bad : List.of("../a", "/a", "a//link", "a/", ".", "a/..")) {
            assertThrows(FormatException.class, () -> reader.resolve(root.cid(), bad), bad);
        }
    }

    @Test
    void aFolderOfTenThousandEntriesIsATrieInWhichEachIsFoundByFewBlocks() throws IOException {
        Map<String, Cid> entries = new TreeMap<>();
        FolderBuilder folder = importer(Profile.HELIA).folder(Attributes.NONE);
        for (int i = 0; i < 10_000; i++) {
            Imported file = file(Integer.toString(i).getBytes());
            entries.put("entry " + i, file.cid());
            folder.add("entry " + i, file);
        }
        Cid root = folder.finish().cid();
        assertTrue(assertInstanceOf(FolderNode.class, reader.stat(root)).sharded());
        Map<String, Cid> listed = new HashMap<>();
        reader.list(root, entry -> assertEquals(null, listed.put(entry.name(), entry.cid())));
        assertEquals(entries, listed);
        blocks.asked();
        for (int i = 0; i < 10_000; i += 500) {
            assertEquals(entries.get("entry " + i), reader.resolve(root, "entry " + i).cid());
            assertTrue(blocks.asked().size() <= 5);
            int one = i;
            assertThrows(FileNotFoundException.class, () -> reader.resolve(root, "no entry " + one));
            blocks.asked();
        }
    }

    @Test
    void aFolderBecomesATrieWhenItIsAByteLargerThanAFolderMayBe() throws IOException {
        Imported empty = file(new byte[0]);
        FolderBuilder most = importer(Profile.HELIA).folder(Attributes.NONE);
        FolderBuilder more = importer(Profile.HELIA).folder(Attributes.NONE);
        for (int i = 0; i < Profile.MAX_FOLDER_BYTES / 128; i++) {
            String name = "%092d".formatted(i); // and 36 bytes of CID make 128
            most.add(name, empty);
            more.add(i == 0 ? name + "0" : name, empty);
        }
        assertFalse(((FolderNode) reader.stat(most.finish().cid())).sharded());
        assertTrue(((FolderNode) reader.stat(more.finish().cid())).sharded());
    }

    @Test
    void namesThatNobodyWouldReadAreNotImported() throws IOException {
        FolderBuilder folder = importer(Profile.HELIA).folder(Attributes.NONE);
        Imported file = file(new byte[1]);
        for (String name : List.of("", ".", "..", "a/b", "a\0", "n".repeat(256), "gpj.\u202Eexe")) {
            assertThrows(FormatException.class, () -> folder.add(name, file), name);
        }
        folder.add("n".repeat(255), file);
        assertThrows(FormatException.class, () -> folder.add("n".repeat(255), file));
    }

    @Property(tries = 60)
    void aFolderIsListedAsItWasImported(@ForAll @Size(max = 300) List<@IntRange(max = 100_000) Integer> names,
            @ForAll boolean trie) throws IOException {
        Imported file = file(new byte[] {1});
        FolderBuilder folder = importer(Profile.UNIXFS_V0_2015).folder(Attributes.NONE);
        Map<String, Cid> entries = new TreeMap<>();
        for (int name : names) {
            String text = "n" + name;
            if (entries.put(text, file.cid()) == null) {
                folder.add(text, file);
            }
        }
        if (trie) {
            for (int i = 0; i < 1000; i++) {
                String text = i + "x".repeat(240);
                entries.put(text, file.cid());
                folder.add(text, file);
            }
        }
        Cid root = folder.finish().cid();
        assertEquals(trie, ((FolderNode) reader.stat(root)).sharded());
        Map<String, Cid> listed = new TreeMap<>();
        reader.list(root, entry -> listed.put(entry.name(), entry.cid()));
        assertEquals(entries, listed);
    }
}
