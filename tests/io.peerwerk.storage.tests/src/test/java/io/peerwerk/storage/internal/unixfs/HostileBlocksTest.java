// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.BlockMissingException;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.ipld.MemoryBlocks;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;

/** Files and folders as nobody makes them who means well. */
class HostileBlocksTest {

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final UnixFsReader reader = new UnixFsReader(blocks, new ReadLimits(10_000, Long.MAX_VALUE));
    private final Cid leaf = blocks.putRaw(new byte[] {1, 2, 3});

    private static DagPbLink link(String name, Cid target) {
        return new DagPbLink(target, name, 0);
    }

    private Cid folder(DagPbLink... links) {
        return blocks.put(new DagPbNode(List.of(links), new FolderData(Attributes.NONE).toBytes()));
    }

    private Cid file(long[] sizes, Cid... parts) {
        return blocks.put(new DagPbNode(List.of(parts).stream().map(part -> link("", part)).toList(),
                FileData.ofParts(sizes, Attributes.NONE).toBytes()));
    }

    private Cid shard(byte[] bits, int fanout, DagPbLink... links) {
        return blocks.put(new DagPbNode(List.of(links), new ShardData(bits, fanout, Attributes.NONE).toBytes()));
    }

    /** A shard with the right bits for its links, whose places are two digits. */
    private Cid shard(DagPbLink... links) {
        var bits = new ShardBits(256);
        for (DagPbLink link : links) {
            bits.set(Integer.parseInt(link.name().substring(0, 2), 16));
        }
        return shard(bits.toBytes(), 256, links);
    }

    private static String placed(String name, int level) {
        return ShardBits.prefix(NameHash.place(NameHash.of(name), 256, level), 256) + name;
    }

    private List<String> names(Cid folder) throws IOException {
        List<String> names = new ArrayList<>();
        reader.list(folder, entry -> names.add(entry.name()));
        return names;
    }

    private static void refused(String why, Executable reading) {
        String message = assertThrows(FormatException.class, reading).getMessage();
        assertTrue(message.contains(why), message);
    }

    private byte[] content(Cid file) throws IOException {
        return reader.read(file).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../../etc/passwd", "/etc/passwd", "a/b", "a\0b", "line\nbreak",
        "photo\u202Egpj.exe"})
    void aNameThatLeadsElsewhereOrDeceivesIsRefused(String name) {
        Cid folder = folder(link(name, leaf));
        assertThrows(FormatException.class, () -> names(folder));
        assertThrows(FormatException.class, () -> reader.walk(folder, (path, node) -> { }));
        assertThrows(FormatException.class, () -> reader.resolve(folder, "other"));
        if (!name.isEmpty()) {
            Cid trie = shard(link(placed(name, 0), leaf));
            assertThrows(FormatException.class, () -> names(trie));
        }
    }

    @Test
    void aNameOf255BytesIsReadAndOneOf256IsNot() throws IOException {
        String most = "ä".repeat(127) + "a";
        assertEquals(List.of(most), names(folder(link(most, leaf))));
        assertThrows(FormatException.class, () -> names(folder(link(most + "a", leaf))));
    }

    @Test
    void aFolderWithTwoEntriesOfOneNameIsRefused() {
        Cid folder = folder(link("a", leaf), link("b", leaf), link("a", leaf));
        refused("two entries", () -> names(folder));
        refused("two entries", () -> reader.resolve(folder, "a"));
    }

    @Test
    void foldersInFoldersThatNameBillionsOfEntriesExhaustTheirBudgetOnly() {
        Cid at = folder();
        for (int i = 0; i < 20; i++) {
            DagPbLink[] links = new DagPbLink[10];
            for (int k = 0; k < links.length; k++) {
                links[k] = link("f" + k, at);
            }
            at = folder(links);
        }
        Cid root = at;
        int[] visited = new int[1];
        refused("over 10000 entries", () -> reader.walk(root, (path, node) -> visited[0]++));
        assertEquals(10_001, visited[0], "the root, and as many as there may be");
    }

    @Test
    void aFolderHasAsManyEntriesAsTheLimitSaysAndNotOneMore() throws IOException {
        Cid folder = folder(link("a", leaf), link("b", leaf), link("c", leaf));
        int[] entries = new int[1];
        new UnixFsReader(blocks, new ReadLimits(3, 1)).list(folder, entry -> entries[0]++);
        assertEquals(3, entries[0]);
        refused("over 2", () -> new UnixFsReader(blocks, new ReadLimits(2, 1)).list(folder, entry -> { }));
    }

    @Test
    void foldersAreAsDeepAsPathsMayBeAndNoDeeper() throws IOException {
        Cid at = folder();
        for (int i = 0; i < 128; i++) {
            at = folder(link("d", at));
        }
        int[] visited = new int[1];
        reader.walk(at, (path, node) -> visited[0]++);
        assertEquals(129, visited[0]);
        Cid deeper = folder(link("d", at));
        refused("128", () -> reader.walk(deeper, (path, node) -> { }));
    }

    @Test
    void hugeFoldersInHugeFoldersAreNotAllHeldInMemory() {
        Cid at = folder();
        for (int i = 0; i < 4; i++) {
            List<DagPbLink> links = new ArrayList<>(List.of(link("0", at)));
            Cid tiny = Cid.v1(Cid.RAW, Multihash.identity(new byte[0]));
            for (int k = 1; k < DagPbNode.MAX_LINKS; k++) {
                links.add(link(Integer.toString(k), tiny));
            }
            at = folder(links.toArray(DagPbLink[]::new));
        }
        Cid root = at;
        refused("too many links", () -> reader.walk(root, (path, node) -> { }));
    }

    @Test
    void aSourceThatSendsAFolderInACircleIsFoundOut() {
        Cid folder = Cid.v1(Cid.DAG_PB, leaf.hash());
        blocks.spoil(folder, new DagPbNode(List.of(link("again", folder)), new FolderData(Attributes.NONE).toBytes())
                .toBytes());
        refused("not what its CID says", () -> reader.walk(folder, (path, node) -> { }));
        refused("not what its CID says", () -> names(folder));
    }

    @Test
    void aBlockThatIsSpoiltIsNamed() throws IOException {
        Cid file = file(new long[] {3, 3}, leaf, leaf);
        assertArrayEquals(new byte[] {1, 2, 3, 1, 2, 3}, content(file));
        blocks.spoil(leaf, new byte[] {1, 2, 4});
        refused(leaf.toString(), () -> content(file));
    }

    @Test
    void aPartThatIsLargerOrSmallerThanItsParentSaysIsNamed() {
        for (long lie : new long[] {1, 2, 4, 1L << 40}) {
            refused(leaf + " leads to 3 bytes of a file, the node above it says " + lie,
                    () -> content(file(new long[] {lie, 3}, leaf, leaf)));
        }
        Cid node = file(new long[] {3, 3}, leaf, leaf);
        refused(node + " leads to 6 bytes", () -> content(file(new long[] {7}, node)));
    }

    @Test
    void aFileWithOtherThanASizeForEachLinkIsRefused() {
        refused("1 links and the sizes of 2", () -> content(file(new long[] {3, 3}, leaf)));
        refused("2 links and the sizes of 1", () -> content(file(new long[] {3}, leaf, leaf)));
        refused("1 links and the sizes of 0", () -> reader.stat(file(new long[0], leaf)));
    }

    @Test
    void emptyPartsByWhichAFileCouldCostMuchAndGiveNothingAreRefused() {
        Cid empty = file(new long[0]);
        Cid at = empty;
        for (int i = 0; i < 10; i++) {
            at = file(new long[1000], Collections.nCopies(1000, at).toArray(Cid[]::new));
        }
        Cid nothing = at;
        assertArrayEquals(new byte[0], assertRead(nothing));
        Cid file = file(new long[] {0, 3}, nothing, leaf);
        blocks.asked();
        refused("empty part", () -> content(file));
        assertTrue(blocks.asked().size() < 5);
    }

    private byte[] assertRead(Cid file) {
        try {
            return content(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileOfPetabytesMadeOfFewBlocksIsReadAsFarAsOneLikesAndNeverHeld() throws IOException {
        Cid at = leaf;
        long size = 3;
        for (int i = 0; i < 5; i++) {
            long[] sizes = new long[1000];
            Arrays.fill(sizes, size);
            at = file(sizes, Collections.nCopies(1000, at).toArray(Cid[]::new));
            size *= 1000;
        }
        Cid file = at;
        try (InputStream in = reader.read(file)) {
            assertArrayEquals(new byte[] {1, 2, 3, 1}, in.readNBytes(4));
        }
        assertArrayEquals(new byte[] {2, 3}, reader.read(file, size - 2, 100).readAllBytes());
        long large = size;
        refused("over " + (large - 1),
                () -> new UnixFsReader(blocks, new ReadLimits(1, large - 1)).read(file));
    }

    @Test
    void aFileIsAsDeepAsTheLimitSaysAndNoDeeper() throws IOException {
        Cid at = leaf;
        for (int i = 0; i < ReadLimits.MAX_FILE_DEPTH; i++) {
            at = file(new long[] {3}, at);
        }
        assertArrayEquals(new byte[] {1, 2, 3}, content(at));
        Cid deeper = file(new long[] {3}, at);
        refused("too deep", () -> content(deeper));
    }

    @Test
    void aPartThatIsAFolderALinkOrOfAnotherContentTypeIsRefused() {
        Cid link = blocks.put(new DagPbNode(List.of(), new SymlinkData("abc", Attributes.NONE).toBytes()));
        refused("no file and no part", () -> content(file(new long[] {3}, folder())));
        refused("no file and no part", () -> content(file(new long[] {3}, link)));
        refused("content type 0x71", () -> content(file(new long[] {3}, Cid.v1(Cid.DAG_CBOR, leaf.hash()))));
        refused("no file", () -> reader.read(folder()));
        refused("no folder", () -> names(file(new long[] {3}, leaf)));
        refused("content type 0x55", () -> names(leaf));
    }

    @Test
    void aFileThatBrokeOffStaysBroken() throws IOException {
        Cid missing = Cid.raw(new byte[] {9, 9, 9});
        InputStream in = reader.read(file(new long[] {3, 3, 3}, leaf, missing, leaf));
        assertEquals(3, in.readNBytes(3).length);
        assertThrows(BlockMissingException.class, in::read);
        assertThrows(IOException.class, in::read);
    }

    @Test
    void bytesInANodeComeBeforeThoseOfItsLinks() throws IOException {
        Cid file = blocks.put(new DagPbNode(List.of(link("", leaf)),
                new FileData(new byte[] {8, 9}, new long[] {3}, Attributes.NONE).toBytes()));
        assertArrayEquals(new byte[] {8, 9, 1, 2, 3}, content(file));
        assertArrayEquals(new byte[] {9, 1}, reader.read(file, 1, 2).readAllBytes());
        assertArrayEquals(new byte[] {3}, reader.read(file, 4, 9).readAllBytes());
    }

    @Test
    void aShardWhoseBitsAndLinksDisagreeIsRefused() throws IOException {
        String name = placed("a", 0);
        assertEquals(List.of("a"), names(shard(link(name, leaf))));
        int place = Integer.parseInt(name.substring(0, 2), 16);
        var right = new ShardBits(256);
        right.set(place);
        var more = new ShardBits(256);
        more.set(place);
        more.set((place + 1) % 256);
        var other = new ShardBits(256);
        other.set((place + 1) % 256);
        refused("1 links and 2 bits", () -> names(shard(more.toBytes(), 256, link(name, leaf))));
        refused("1 links and 0 bits", () -> names(shard(new byte[0], 256, link(name, leaf))));
        refused("0 links and 1 bits", () -> names(shard(right.toBytes(), 256)));
        refused("no bit", () -> names(shard(other.toBytes(), 256, link(name, leaf))));
        refused("twice", () -> names(shard(more.toBytes(), 256, link(name, leaf), link(name, leaf))));
        refused("1 links and 2 bits", () -> reader.resolve(shard(more.toBytes(), 256, link(name, leaf)), "a"));
    }

    @Test
    void linksOfAShardThatAreOutOfOrderAreRefused() {
        List<DagPbLink> links = new ArrayList<>(List.of(link(placed("a", 0), leaf), link(placed("b", 0), leaf)));
        links.sort((x, y) -> y.name().compareTo(x.name()));
        refused("out of order", () -> names(shard(links.toArray(DagPbLink[]::new))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "a0", "G0", "-1", "+1", " 1", "0xa"})
    void aLinkOfAShardWithoutAPlaceIsRefused(String name) {
        assertThrows(FormatException.class, () -> names(shard(new byte[] {1}, 256, link(name, leaf))));
    }

    @Test
    void aPlaceBeyondTheFanoutIsRefused() {
        refused("place 8 of 8", () -> names(shard(new byte[] {1}, 8, link("8", folder()))));
        refused("place 1024 of 1024", () -> names(shard(new byte[] {1}, 1024, link("400", folder()))));
    }

    @Test
    void anEntryThatIsNotWhereItsHashSaysIsRefused() {
        String elsewhere = ShardBits.prefix((NameHash.place(NameHash.of("a"), 256, 0) + 1) % 256, 256) + "a";
        refused("hash", () -> names(shard(link(elsewhere, leaf))));
        Cid below = shard(link(placed("a", 1), leaf));
        refused("hash", () -> names(shard(link(elsewhere.substring(0, 2), below))));
    }

    @Test
    void aShardBelowOneOfAnotherFanoutOrNoShardAtAllIsRefused() {
        String place = placed("a", 0).substring(0, 2);
        for (Cid below : List.of(shard(new byte[0], 16), folder(), file(new long[] {3}, leaf))) {
            refused("no shard of fanout 256", () -> names(shard(link(place, below))));
            refused("no shard of fanout 256", () -> reader.resolve(shard(link(place, below)), "a"));
        }
        refused("content type", () -> names(shard(link(place, leaf))));
    }

    @Test
    void aTrieThatGoesDeeperThanItsHashIsRefused() throws IOException {
        Cid at = shard(link(placed("a", 7), leaf));
        Cid deeper = shard(link(placed("a", 7).substring(0, 2), at));
        for (int level = 6; level >= 0; level--) {
            String place = placed("a", level).substring(0, 2);
            at = shard(link(place, at));
            deeper = shard(link(place, deeper));
        }
        assertEquals(List.of("a"), names(at));
        assertEquals(leaf, reader.resolve(at, "a").cid());
        Cid root = deeper;
        refused("deeper", () -> names(root));
        refused("deeper", () -> reader.resolve(root, "a"));
    }

    @Test
    void aTrieOfShardsWithoutEntriesExhaustsTheBudgetOnly() {
        Cid at = shard();
        for (int level = 0; level < 7; level++) {
            DagPbLink[] links = new DagPbLink[256];
            for (int place = 0; place < 256; place++) {
                links[place] = link(ShardBits.prefix(place, 256), at);
            }
            at = shard(links);
        }
        Cid root = at;
        refused("over 10000 entries", () -> names(root));
        assertTrue(blocks.asked().size() <= 10_001);
    }

    @Test
    void namesOfOneHashCannotBeImportedAsATrie() throws IOException {
        var importer = new UnixFsImporter(Profile.HELIA, blocks);
        Imported file = importer.file(new ByteArrayInputStream(new byte[1]), Attributes.NONE);
        var twins = new ShardWriter(importer, Attributes.NONE);
        refused("same hash", () -> twins.write(List.of(link("twin", file.cid()), link("twin", file.cid()))));
    }

    @Test
    void aNodeWithoutUnixFsDataIsNamed() {
        Cid none = blocks.put(new DagPbNode(List.of(), null));
        refused(none + " is no UnixFS", () -> reader.stat(none));
        Cid empty = blocks.put(new DagPbNode(List.of(), new byte[0]));
        refused(empty + " is no UnixFS", () -> reader.stat(empty));
    }

    @Test
    void anIdentityCidIsReadUpTo128BytesWithoutASource() throws IOException {
        Cid inline = Cid.v1(Cid.RAW, Multihash.identity(new byte[128]));
        assertEquals(128, content(inline).length);
        assertEquals(128 + 3, content(file(new long[] {128, 3}, inline, leaf)).length);
        assertThrows(IllegalArgumentException.class, () -> Multihash.identity(new byte[129]));
    }
}
