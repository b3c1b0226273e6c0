// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.car.CarWriter;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.Attributes;
import io.peerwerk.storage.internal.unixfs.UnixFsData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content as nobody makes it who means well: it is refused with the reason, and nothing is left at the target. */
class HostileContentTest {

    @TempDir
    private Path folder;
    private ContentPeers peers;
    private Peer peer;
    private final List<Block> blocks = new ArrayList<>();
    private final Cid leaf = keep(Block.raw(new byte[] {1, 2, 3}));

    @BeforeEach
    void open() throws IOException {
        peers = new ContentPeers(folder.resolve("peers"));
        peer = peers.start();
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private Cid keep(Block block) {
        blocks.add(block);
        return block.cid();
    }

    private Cid node(UnixFsData data, DagPbLink... links) {
        return keep(new DagPbNode(List.of(links), data.toBytes()).toBlock(1));
    }

    private Cid folder(DagPbLink... links) {
        return node(new FolderData(Attributes.NONE), links);
    }

    private Cid symlink(String target) {
        return node(new SymlinkData(target, Attributes.NONE));
    }

    private static DagPbLink link(String name, Cid target) {
        return new DagPbLink(target, name, 3);
    }

    private Path archive(Cid... roots) throws IOException {
        Path file = folder.resolve("archive.car");
        try (OutputStream out = Files.newOutputStream(file)) {
            CarWriter car = new CarWriter(out, List.of(roots));
            for (Block block : blocks) {
                car.put(block);
            }
        }
        return file;
    }

    private static void refused(String why, Executable call) {
        String message = assertThrows(StorageException.class, call).getMessage();
        assertTrue(message.contains(why), message);
    }

    /** Brings the blocks here, then gets the root. */
    private void refusedToGet(String why, Cid root) throws IOException {
        peer.content.importCar(archive(root), Progress.NONE);
        refused(why, () -> get(root));
        nothingIsLeft();
    }

    private void get(Cid root) throws IOException {
        peer.content.get(ContentPath.of(root), folder.resolve("target"), Progress.NONE);
    }

    private void nothingIsLeft() throws IOException {
        assertFalse(Files.exists(folder.resolve("target")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".part")).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../../etc/passwd", "/etc/passwd", "a/b", "line\nbreak"})
    void aNameThatLeadsOutOfItsFolderIsRefused(String name) throws IOException {
        refusedToGet("the content is refused: ", folder(link("good", leaf), link("sub", folder(link(name, leaf)))));
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        refusedToGet("two entries of the name", folder(link("a", leaf), link("a", leaf)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "/etc/passwd", "x/../..", "sub/../../x", "./../.."})
    void aSymbolicLinkThatLeadsOutOfTheFolderIsRefused(String target) throws IOException {
        refusedToGet("leads out of the folder", folder(link("link", symlink(target))));
    }

    @Test
    void aLinkThatWouldLeadOutThroughAnotherLinkIsRefused() throws IOException {
        // "here" is the folder itself, so that "here/.." is the one above it, although it does not look so.
        refusedToGet("leads out of the folder", folder(link("a", symlink("here/../secret")), link("here", symlink("."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\u001b[2J", "line\nbreak"})
    void aLinkWithAControlCharacterIsRefused(String target) throws IOException {
        refusedToGet("the target of a symbolic link has a control character",
                folder(link("link", symlink(target))));
    }

    @Test
    void aLinkThatThisSystemDoesNotTakeIsLeftOutAndTheRestIsWritten() throws IOException {
        // One byte more than a path may have on Linux.
        String tooLong = "a/".repeat(2047) + "aa";
        Cid root = folder(link("file", leaf), link("link", symlink(tooLong)), link("other", symlink("file")));
        peer.content.importCar(archive(root), Progress.NONE);
        get(root);
        assertEquals(3, Files.size(folder.resolve("target/file")));
        assertEquals(3, Files.size(folder.resolve("target/other")));
        assertFalse(Files.exists(folder.resolve("target/link"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void linksThatStayInsideAreMade() throws IOException {
        Cid root = folder(link("sub", folder(link("up", symlink("../target")))), link("target", leaf));
        peer.content.importCar(archive(root), Progress.NONE);
        get(root);
        assertEquals(3, Files.size(folder.resolve("target/sub/up")));
    }

    @Test
    void aGraphThatNamesBillionsOfEntriesIsPinnedInOneStepABlockAndRefusedAsAFolder() throws IOException {
        Cid at = folder(link("leaf", leaf));
        for (int i = 0; i < 30; i++) {
            at = folder(link("a", at), link("b", at), link("c", at));
        }
        refusedToGet("over 1000000 entries", at);
        assertEquals(32, peer.content.status().blocks());
        assertEquals(0, peer.content.sweep(Progress.NONE).removed());
    }

    @Test
    void aFileOfPetabytesMadeOfFewBlocksIsRefusedBeforeAnythingIsWritten() throws IOException {
        Cid at = leaf;
        long size = 3;
        for (int i = 0; i < 5; i++) {
            long[] sizes = new long[1000];
            Arrays.fill(sizes, size);
            DagPbLink[] links = new DagPbLink[1000];
            Arrays.fill(links, link("", at));
            at = node(new FileData(new byte[0], sizes, Attributes.NONE), links);
            size *= 1000;
        }
        refusedToGet("no room", at);
    }

    @Test
    void aPartThatHasAnotherSizeThanItsParentSaysIsRefusedAndWhatWasWrittenIsGone() throws IOException {
        refusedToGet("leads to 3 bytes of a file", folder(link("a", leaf),
                link("b", node(new FileData(new byte[0], new long[] {3, 4}, Attributes.NONE), link("", leaf),
                        link("", leaf)))));
    }

    @Test
    void aShardWhoseBitsDoNotFitItsLinksIsRefused() throws IOException {
        refusedToGet("1 links and 2 bits", node(new ShardData(new byte[] {3}, 256, Attributes.NONE), link("00a", leaf)));
    }

    @Test
    void aRootOfAnotherContentTypeIsRefusedAtOnce() throws IOException {
        Cid dagJson = Cid.v1(0x129, leaf.hash());
        refused("content type 0x129", () -> get(dagJson));
        refused("content type 0x129", () -> peer.content.pin(dagJson, Progress.NONE));
        Cid below = folder(link("x", dagJson));
        refused("content type 0x129", () -> peer.content.importCar(archive(below), Progress.NONE));
        assertEquals(List.of(), peer.content.pins());
    }

    @Test
    void aHashThatCannotBeComputedIsRefusedAtOnce() throws IOException {
        Cid blake = Cid.v1(Cid.RAW, new Multihash(0x1e, new byte[32]));
        refused("hash function 0x1e", () -> get(blake));
        refused("hash function 0x1e", () -> peer.content.pin(blake, Progress.NONE));
    }

    @Test
    void anArchiveWithABlockThatIsNotWhatItsCidSaysIsRefusedAndSoIsACircle() throws IOException {
        Cid circle = Cid.v1(Cid.DAG_PB, leaf.hash());
        byte[] node = new DagPbNode(List.of(link("again", circle)), new FolderData(Attributes.NONE).toBytes()).toBytes();
        keep(new Block(circle, ByteBuffer.wrap(node)));
        refused("not what its CID says", () -> peer.content.importCar(archive(circle), Progress.NONE));
        assertEquals(List.of(), peer.content.pins());
    }

    @Test
    void anArchiveThatIsCutOffIsRefusedAndOneWithoutABlockSaysWhichOneIsMissing() throws IOException {
        Cid root = folder(link("x", leaf));
        byte[] bytes = Files.readAllBytes(archive(root));
        Path cut = Files.write(folder.resolve("cut.car"), Arrays.copyOf(bytes, bytes.length - 1));
        refused("cut off", () -> peer.content.importCar(cut, Progress.NONE));
        Path none = Files.write(folder.resolve("none.car"), new byte[] {5, 1, 2, 3, 4, 5});
        refused("no archive", () -> peer.content.importCar(none, Progress.NONE));
        Cid missing = Cid.raw(new byte[] {9});
        Cid other = folder(link("y", missing));
        refused(missing.toString(), () -> peer.content.importCar(archive(other), Progress.NONE));
        assertEquals(List.of(), peer.content.pins());
    }
}
