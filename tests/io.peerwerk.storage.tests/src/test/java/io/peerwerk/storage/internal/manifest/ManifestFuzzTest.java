// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.PutOptions;

class ManifestFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aManifestThatIsReadIsWrittenTheSame(byte[] input) {
        var read = Untrusted.read(() -> Manifest.parse(input));
        if (read.isPresent()) {
            assertArrayEquals(input, ManifestTest.bytes(read.get().toBlock()));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aShardTableFitsItsManifestOrIsRefused(byte[] input) {
        Manifest manifest = ManifestTest.manifest(new PutOptions(2, 3), 300, 100);
        Untrusted.read(() -> ShardTable.parse(input, manifest, 1)).ifPresent(table -> {
            assertEquals(44, table.chunks());
            table.shard(299, 2);
            assertArrayEquals(input, ManifestTest.bytes(table.toBlock()));
        });
    }

    @FuzzTest(maxDuration = "5m")
    void aDirectoryThatIsReadHasOnlySafePaths(byte[] input) {
        Untrusted.read(() -> Directory.parse(input, 0)).ifPresent(directory -> {
            for (Entry entry : directory.entries()) {
                assertTrue(Path.of("/t").resolve(entry.path()).normalize().startsWith("/t"));
            }
        });
    }

    @FuzzTest(maxDuration = "5m")
    void aSealedPartIsReadOrRefused(byte[] input) {
        Untrusted.read(() -> SealedPart.parse(input)).ifPresent(part -> assertTrue(part.contentBytes() >= 0));
    }
}
