// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import io.peerwerk.storage.internal.content.ContentPeers.Way;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files and folders that Helia gives and takes. */
class HeliaContentTest {

    /** So many that the folder becomes a trie. */
    private static final int ENTRIES = 10_000;

    @TempDir
    private static Path sources;
    private static Path file;
    private static Path tree;
    private static Path wide;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeFiles() throws Exception {
        file = Trees.file(sources.resolve("file"), 12_345_678, 1);
        tree = Trees.tree(sources.resolve("tree"));
        wide = Trees.wide(sources.resolve("wide"), ENTRIES);
    }

    private static ForeignPeer helia(Way way) throws Exception {
        return ForeignPeer.listen("--helia", "--transport", way.name().toLowerCase());
    }

    private Path target(String name) {
        return folder.resolve(name);
    }

    private static Cid cid(String line) throws Exception {
        return Cid.parse(ForeignPeer.text(line, "cid"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatHeliaHasComesHere(Way way) throws Exception {
        try (var peers = new ContentPeers(target("peers"), way); var js = helia(way)) {
            Peer peer = peers.start();
            Cid fileRoot = cid(js.ask("addfile", file.toString()));
            Cid treeRoot = cid(js.ask("addtree", tree.toString()));
            Cid wideRoot = cid(js.ask("addtree", wide.toString()));
            peer.host.connect(js.address());
            peer.content.get(ContentPath.of(fileRoot), target("file back"), Progress.NONE);
            assertEquals(Trees.sha256(file), Trees.sha256(target("file back")));
            peer.content.get(ContentPath.of(treeRoot), target("tree back"), Progress.NONE);
            assertEquals(Trees.hash(tree), Trees.hash(target("tree back")));
            assertEquals(ENTRIES, peer.content.list(ContentPath.of(wideRoot), Progress.NONE).size());
            if (way == Way.TCP) { // once, as disks are slow with so many files
                peer.content.get(ContentPath.of(wideRoot), target("wide back"), Progress.NONE);
                assertEquals(Trees.hash(wide), Trees.hash(target("wide back")));
            }
            peer.content.pin(wideRoot, Progress.NONE);
            // The same files have the same names here.
            assertEquals(fileRoot, peer.content.add(file, ContentProfile.HELIA, Progress.NONE));
            assertEquals(wideRoot, peer.content.add(wide, ContentProfile.HELIA, Progress.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsHereComesToHelia(Way way) throws Exception {
        try (var peers = new ContentPeers(target("peers"), way); var js = helia(way)) {
            Peer peer = peers.start();
            Cid fileRoot = peer.content.add(file, ContentProfile.UNIXFS_V0_2015, Progress.NONE);
            Cid treeRoot = peer.content.add(tree, ContentProfile.CID_V1_256K, Progress.NONE);
            Cid wideRoot = peer.content.add(wide, ContentProfile.UNIXFS_V1_2025, Progress.NONE);
            String address = peer.address().toString();
            assertEquals(Trees.sha256(file),
                    ForeignPeer.text(js.ask("fetchfile", address, fileRoot.toString()), "sha256"));
            assertEquals(Trees.hash(tree),
                    ForeignPeer.text(js.ask("fetchtree", address, treeRoot.toString()), "sha256"));
            assertEquals(Trees.hash(wide),
                    ForeignPeer.text(js.ask("fetchtree", address, wideRoot.toString()), "sha256"));
        }
    }
}
