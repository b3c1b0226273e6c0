// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.storage.ContentEntry;
import io.peerwerk.storage.ContentEntry.Kind;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.TransferCancelledException;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import io.peerwerk.storage.internal.content.ContentPeers.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that add, get, pin and sweep. */
class PublicContentTest {

    @TempDir
    private Path folder;
    private ContentPeers peers;

    @BeforeEach
    void open() {
        peers = new ContentPeers(folder.resolve("peers"));
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private static Cid add(Peer peer, Path source) throws IOException {
        return peer.content.add(source, ContentProfile.CID_V1_256K, Progress.NONE);
    }

    private static Fetched get(Peer peer, Cid root, Path target) throws IOException {
        return peer.content.get(ContentPath.of(root), target, Progress.NONE);
    }

    private Path target(String name) {
        return folder.resolve(name);
    }

    private long filesIn(Path at) throws IOException {
        try (Stream<Path> files = Files.list(at)) {
            return files.count();
        }
    }

    @ParameterizedTest
    @EnumSource(ContentProfile.class)
    void aTreeWithLinksComesBackAsItWasInEveryProfile(ContentProfile profile) throws Exception {
        Path tree = Trees.tree(target("tree"));
        Files.createSymbolicLink(tree.resolve("docs/link"), Path.of("../README"));
        Peer peer = peers.start();
        Cid root = peer.content.add(tree, profile, Progress.NONE);
        assertEquals(List.of(root), peer.content.pins());
        Fetched fetched = get(peer, root, target("back"));
        assertEquals(Trees.hash(tree), Trees.hash(target("back")));
        assertEquals(3_000_101, fetched.bytes());
        assertEquals(target("back"), fetched.path());
        peer.content.get(ContentPath.parse(root + "/docs/large"), target("large"), Progress.NONE);
        assertArrayEquals(Files.readAllBytes(tree.resolve("docs/large")), Files.readAllBytes(target("large")));
    }

    @Test
    void aTreeGoesToAPeerThatIsConnectedWithoutAnyRouting() throws Exception {
        Path tree = Trees.tree(target("tree"));
        Peer alice = peers.start();
        Peer bob = peers.start();
        Cid root = add(alice, tree);
        bob.host.connect(alice.address());
        get(bob, root, target("back"));
        assertEquals(Trees.hash(tree), Trees.hash(target("back")));
        assertEquals(List.of(), bob.content.pins(), "what was got is not pinned");
    }

    @Test
    void aPeerThatTheNetworkNamesIsDialledAndAFileInAFolderComesAlone() throws Exception {
        Path tree = Trees.tree(target("tree"));
        Peer alice = peers.start();
        Told network = new Told();
        Peer bob = peers.start(o -> o, network);
        Cid root = add(alice, tree);
        network.knows(alice);
        Fetched fetched = bob.content.get(ContentPath.parse("/ipfs/" + root + "/docs/large"), folder, Progress.NONE);
        assertEquals(folder.resolve("large"), fetched.path());
        assertEquals(Trees.sha256(tree.resolve("docs/large")), fetched.sha256());
        assertEquals(root, network.asked.getFirst());
        assertEquals(2 + 1 + 12, bob.content.status().blocks(), "two folders, a node, twelve leaves");
    }

    @Test
    void whatNobodyHasIsNamedInTheMessageAndLeavesNothingAtTheTarget() throws Exception {
        Told network = new Told();
        Peer bob = peers.start(o -> o.withPatience(Duration.ofMillis(200)), network);
        Cid nowhere = Cid.raw(new byte[] {1, 2, 3});
        StorageException e = assertThrows(StorageException.class, () -> get(bob, nowhere, target("back")));
        assertTrue(e.getMessage().contains(nowhere.toString()), e::getMessage);
        assertEquals(List.of(nowhere), network.asked);
        assertThrows(StorageException.class, () -> bob.content.pin(nowhere, Progress.NONE));
        assertEquals(List.of(), bob.content.pins());
        assertFalse(Files.exists(target("back")));
    }

    @Test
    void aGetThatWasCancelledGoesOnWhereItWas() throws Exception {
        Path file = Trees.file(target("file"), 20 << 20, 1);
        Peer alice = peers.start();
        Peer bob = peers.start();
        Cid root = add(alice, file);
        bob.host.connect(alice.address());
        Progress untilTenMiB = new Progress() {
            private volatile boolean enough;

            @Override
            public void update(long done, long total, String phase) {
                enough = done > 10 << 20;
            }

            @Override
            public boolean cancelled() {
                return enough;
            }
        };
        assertThrows(TransferCancelledException.class,
                () -> bob.content.get(ContentPath.of(root), target("back"), untilTenMiB));
        long there = bob.content.status().blocks();
        long came = bob.blocksFrom(alice);
        assertTrue(there >= 40 && there < 80, () -> there + " blocks");
        assertFalse(Files.exists(target("back")));
        get(bob, root, target("back"));
        assertEquals(Trees.sha256(file), Trees.sha256(target("back")));
        assertEquals(81 - there, bob.blocksFrom(alice) - came, "blocks that were here came again");
        assertEquals(81, bob.content.status().blocks());
    }

    @Test
    void anInterruptCancels() throws Exception {
        Peer bob = peers.start();
        AtomicReference<Throwable> why = new AtomicReference<>();
        Thread getting = Thread.startVirtualThread(() -> {
            try {
                get(bob, Cid.raw(new byte[] {1}), target("back"));
            } catch (IOException e) {
                why.set(e);
            }
        });
        Patience.await().until(() -> !bob.content.bitswap().wanted().isEmpty());
        getting.interrupt();
        getting.join();
        assertTrue(why.get() instanceof TransferCancelledException, () -> String.valueOf(why.get()));
        Patience.await().until(() -> bob.content.bitswap().wanted().isEmpty());
    }

    @Test
    void whatIsUnpinnedGoesWithTheNextSweepAndWhatIsPinnedStaysAfterARestart() throws Exception {
        Peer peer = peers.start();
        Cid one = add(peer, Trees.file(target("one"), 1 << 20, 1));
        Cid two = add(peer, Trees.file(target("two"), 2 << 20, 2));
        peer.content.pin(one, Progress.NONE);
        assertEquals(List.of(one, two), peer.content.pins());
        assertTrue(peer.content.unpin(one));
        assertFalse(peer.content.unpin(one));
        assertEquals(5, peer.content.sweep(Progress.NONE).removed());
        peer.content.close();
        peers.open(peer, o -> o, null);
        assertEquals(List.of(two), peer.content.pins());
        assertEquals(9, peer.content.status().blocks());
        get(peer, two, target("back"));
        assertThrows(StorageException.class, () -> get(peer, one, target("gone")));
    }

    @Test
    void pinnedRootsAreToldToTheNetworkAtOnceAfterARestartAndWhenItComesBack() throws Exception {
        Told network = new Told();
        Peer peer = peers.start(o -> o, network);
        Cid one = add(peer, Trees.file(target("one"), 10, 1));
        Cid two = add(peer, Trees.file(target("two"), 10, 2));
        Patience.await().until(() -> network.provided.equals(List.of(one, two)));
        peer.content.unpin(one);
        assertEquals(List.of(two), network.provided);
        peer.content.close();
        assertEquals(List.of(), network.provided, "nothing is here for others any more");
        Told later = new Told();
        peers.open(peer, o -> o, later);
        Patience.await().until(() -> later.provided.equals(List.of(two)));
        peer.content.removeProviders(later);
        Told last = new Told();
        peer.content.addProviders(last);
        Patience.await().until(() -> last.provided.equals(List.of(two)));
    }

    @Test
    void aNetworkThatIsNotThereYetIsToldALittleLater() throws Exception {
        Told network = new Told();
        network.lonely = true;
        Peer peer = peers.start(o -> o, network);
        Cid root = add(peer, Trees.file(target("one"), 10, 1));
        network.lonely = false;
        Patience.await().until(() -> network.provided.equals(List.of(root)));
    }

    @Test
    void aRoutingThatFailsForReasonsOfItsOwnIsToldAgainToo() throws Exception {
        Told network = new Told();
        network.broken = true;
        Peer peer = peers.start(o -> o, network);
        Cid root = add(peer, Trees.file(target("one"), 10, 1));
        Patience.await().until(() -> network.tries.get() > 0);
        network.broken = false;
        Patience.await().until(() -> network.provided.equals(List.of(root)));
    }

    private Cid addOfVersion0(Peer peer) throws IOException {
        return peer.content.add(Trees.tree(target("tree")), ContentProfile.UNIXFS_V0_2015, Progress.NONE);
    }

    private static Cid version1(Cid root) {
        assertEquals(0, root.version());
        return Cid.v1(Cid.DAG_PB, root.hash());
    }

    @Test
    void contentOfVersion0IsServedUnderItsNameOfVersion1() throws Exception {
        Peer alice = peers.start();
        Peer bob = peers.start();
        Cid root = addOfVersion0(alice);
        bob.host.connect(alice.address());
        get(bob, version1(root), target("back"));
        assertEquals(Trees.hash(target("tree")), Trees.hash(target("back")));
    }

    @Test
    void contentOfVersion0IsPinnedUnderItsNameOfVersion1WithoutAnybodysHelpAndStaysWhenTheFirstNameGoes()
            throws Exception {
        Peer peer = peers.start();
        Cid root = addOfVersion0(peer);
        long blocks = peer.content.status().blocks();
        peer.content.pin(version1(root), Progress.NONE);
        assertEquals(blocks + 1, peer.content.status().blocks());
        assertTrue(peer.content.unpin(root));
        assertEquals(1, peer.content.sweep(Progress.NONE).removed());
        get(peer, root, target("back"));
        assertEquals(Trees.hash(target("tree")), Trees.hash(target("back")));
    }

    @Test
    void contentIsAnnouncedAsLongAsOneOfItsNamesIsPinned() throws Exception {
        Told network = new Told();
        Peer peer = peers.start(o -> o, network);
        Cid root = addOfVersion0(peer);
        peer.content.pin(version1(root), Progress.NONE);
        Patience.await().until(() -> network.provided.size() == 2);
        peer.content.unpin(version1(root));
        assertTrue(network.provided.contains(root));
        peer.content.unpin(root);
        assertEquals(List.of(), network.provided);
    }

    @Test
    void unpinnedBlocksGiveWayWhenRoomIsNeededAndPinnedOnesDoNot() throws Exception {
        Peer peer = peers.start(o -> o.withLimit(6 << 20), null);
        Cid old = add(peer, Trees.file(target("old"), 4 << 20, 1));
        Path large = Trees.file(target("new"), 4 << 20, 2);
        QuotaExceededException e = assertThrows(QuotaExceededException.class, () -> add(peer, large));
        assertFalse(e.getMessage().isBlank());
        get(peer, old, target("back"));
        peer.content.unpin(old);
        Cid root = add(peer, large);
        assertEquals(List.of(root), peer.content.pins());
        get(peer, root, target("new back"));
        assertTrue(peer.content.status().used() <= 6 << 20);
    }

    @Test
    void aDiskThatIsFullInTheMiddleOfAnAddHarmsNothingAndTheNextSweepTakesTheRest() throws Exception {
        MemoryStore disk = new MemoryStore();
        Peer peer = peers.start();
        peer.content.close();
        peer.content = new PublicContentService(peer.host,
                Map.of("directory", target("full").toString(), "limit", 1L << 30, "blockStore", "memory"));
        StorageException away = assertThrows(StorageException.class, () -> add(peer, Trees.file(target("x"), 10, 9)));
        assertTrue(away.getMessage().contains("is not loaded"), away::getMessage);
        peer.content.addBlockStores(disk);
        Cid before = add(peer, Trees.file(target("before"), 1 << 20, 1));
        disk.room(disk.blockCount() + 40);
        Path large = Trees.file(target("large"), 40 << 20, 2);
        StorageException e = assertThrows(StorageException.class, () -> add(peer, large));
        assertTrue(e.getMessage().contains("full"), e::getMessage);
        assertEquals(List.of(before), peer.content.pins());
        assertEquals(45, disk.blockCount());
        assertEquals(40, peer.content.sweep(Progress.NONE).removed());
        get(peer, before, target("back"));
        assertEquals(1L << 30, peer.content.status().limit());
    }

    @Test
    void aFolderIsListedWithoutFetchingItsFiles() throws Exception {
        Path tree = Trees.tree(target("tree"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("README"));
        Peer alice = peers.start();
        Peer bob = peers.start();
        Cid root = add(alice, tree);
        bob.host.connect(alice.address());
        List<ContentEntry> entries = bob.content.list(ContentPath.of(root), Progress.NONE);
        assertEquals(List.of("README", "docs", "empty", "link"), entries.stream().map(ContentEntry::name).toList());
        assertEquals(List.of(Kind.FILE, Kind.FOLDER, Kind.FOLDER, Kind.LINK),
                entries.stream().map(ContentEntry::kind).toList());
        assertEquals(100, entries.getFirst().bytes());
        ContentPath large = ContentPath.parse(root + "/docs/large");
        assertEquals(new ContentEntry("large", bob.content.list(ContentPath.parse(root + "/docs"), Progress.NONE).stream()
                .filter(e -> e.name().equals("large")).findFirst().orElseThrow().cid(), Kind.FILE, 3_000_000),
                bob.content.list(large, Progress.NONE).getFirst());
        assertTrue(bob.content.status().blocks() < 10);
        StorageException e = assertThrows(StorageException.class,
                () -> bob.content.list(ContentPath.parse(root + "/docs/nothing"), Progress.NONE));
        assertTrue(e.getMessage().contains("has no \"nothing\""), e::getMessage);
    }

    @Test
    void anArchiveBringsItsContentToAnotherPeerWithoutANetwork() throws Exception {
        Path tree = Trees.tree(target("tree"));
        Peer alice = peers.start();
        Peer bob = peers.start();
        Cid root = add(alice, tree);
        alice.content.exportCar(root, target("tree.car"), Progress.NONE);
        assertThrows(FileAlreadyExistsException.class,
                () -> alice.content.exportCar(root, target("tree.car"), Progress.NONE));
        assertEquals(List.of(root), bob.content.importCar(target("tree.car"), Progress.NONE));
        assertEquals(List.of(root), bob.content.pins());
        get(bob, root, target("back"));
        assertEquals(Trees.hash(tree), Trees.hash(target("back")));
        assertEquals(alice.content.status().blocks(), bob.content.status().blocks());
    }

    @Test
    void whatIsThereAlreadyIsNotOverwritten() throws Exception {
        Peer peer = peers.start();
        Cid root = add(peer, Trees.file(target("one"), 10, 1));
        Path there = Trees.file(target("there"), 20, 2);
        assertThrows(FileAlreadyExistsException.class, () -> get(peer, root, there));
        assertEquals(20, Files.size(there));
        assertEquals(root.toString(), get(peer, root, Files.createDirectory(target("in"))).path().getFileName()
                .toString());
        assertEquals(1, filesIn(target("in")));
    }

    @Test
    void aFileThatStandsInItsOwnNameNeedsNoBlock() throws Exception {
        Peer peer = peers.start();
        Cid root = Cid.v1(Cid.RAW, Multihash.identity(new byte[] {1, 2, 3}));
        assertEquals(3, get(peer, root, target("back")).bytes());
        peer.content.pin(root, Progress.NONE);
        assertEquals(0, peer.content.status().blocks());
        peer.content.sweep(Progress.NONE);
    }

    @Test
    void aClosedServiceSaysSo() throws Exception {
        Peer peer = peers.start();
        peer.content.close();
        StorageException e = assertThrows(StorageException.class, () -> peer.content.sweep(Progress.NONE));
        assertTrue(e.getMessage().contains("not running"), e::getMessage);
    }
}
