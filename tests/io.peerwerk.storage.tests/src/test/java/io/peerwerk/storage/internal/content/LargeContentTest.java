// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import io.peerwerk.storage.internal.content.ContentPeers.Way;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A file of 1 GB from Helia, and to Helia. Takes minutes and 5 GB of disk, so it runs only where the environment variable
 * {@code PEERWERK_LARGE} is {@code 1}; prints how fast it was.
 */
@EnabledIfEnvironmentVariable(named = "PEERWERK_LARGE", matches = "1")
class LargeContentTest {

    private static final long BYTES = 1_000_000_000;
    private static final String PATIENCE = "600000";

    @TempDir
    private Path folder;

    private ForeignPeer helia(Way way) throws Exception {
        return ForeignPeer.listen("--helia", "--transport", way.name().toLowerCase(), "--store",
                Files.createDirectories(folder.resolve("helia")).toString(), "--fetch-timeout", PATIENCE);
    }

    /** Waits several times as long as for other commands. */
    private static String result(ForeignPeer js) throws Exception {
        for (int i = 0; i < 5; i++) {
            try {
                return js.result();
            } catch (AssertionError e) {
                if (!e.getMessage().contains("did not say")) {
                    throw e;
                }
            }
        }
        return js.result();
    }

    private static void tell(String what, Way way, double seconds) {
        System.out.printf("1 GB %s over %s: %.1f s, %.1f MB/s%n", what, way, seconds, BYTES / 1e6 / seconds);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aGigabyteComesFromHelia(Way way) throws Exception {
        Path file = Trees.file(folder.resolve("file"), BYTES, 1);
        try (var peers = new ContentPeers(folder.resolve("peers"), way); var js = helia(way)) {
            Peer peer = peers.start();
            js.send("addfile", file.toString());
            Cid root = Cid.parse(ForeignPeer.text(result(js), "cid"));
            peer.host.connect(js.address());
            long start = System.nanoTime();
            var fetched = peer.content.get(ContentPath.of(root), folder.resolve("back"), Progress.NONE);
            tell("from Helia", way, (System.nanoTime() - start) / 1e9);
            assertEquals(Trees.sha256(file), fetched.sha256());
            assertEquals(fetched.sha256(), Trees.sha256(folder.resolve("back")));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aGigabyteGoesToHelia(Way way) throws Exception {
        Path file = Trees.file(folder.resolve("file"), BYTES, 1);
        try (var peers = new ContentPeers(folder.resolve("peers"), way); var js = helia(way)) {
            Peer peer = peers.start();
            long start = System.nanoTime();
            Cid root = peer.content.add(file, ContentProfile.UNIXFS_V1_2025, Progress.NONE);
            tell("added", way, (System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            js.send("fetchfile", peer.address().toString(), root.toString());
            String result = result(js);
            tell("to Helia", way, (System.nanoTime() - start) / 1e9);
            assertEquals(Trees.sha256(file), ForeignPeer.text(result, "sha256"));
        }
    }
}
