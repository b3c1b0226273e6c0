// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.internal.ipld.BlockSource;

class UnixFsFuzzTest {

    private static final int MAX_READ = 100_000;

    @FuzzTest(maxDuration = "5m")
    void dataThatAreReadAreWrittenTheSame(byte[] input) throws FormatException {
        var read = Untrusted.read(() -> UnixFsData.parse(input));
        if (read.isPresent()) {
            assertEquals(read.get(), UnixFsData.parse(read.get().toBytes()));
        }
    }

    /** The source does not check hashes and has one block for all: every link leads back into it. */
    @FuzzTest(maxDuration = "5m")
    void aFolderOfOneBlockThatLeadsToItselfEndsAndHasSafeNames(byte[] input) throws IOException {
        BlockSource source = any -> ByteBuffer.wrap(input);
        Set<String> names = new HashSet<>();
        try {
            Parsed folder = Parsed.parse(Cid.v1(Cid.DAG_PB, Cid.raw(input).hash()), ByteBuffer.wrap(input));
            new FolderReader(source, new Budget(new ReadLimits(1000, 1))).list(folder, entry -> {
                assertTrue(names.add(entry.name()), entry.name());
                assertEquals(Path.of("/t"), Path.of("/t").resolve(entry.name()).normalize().getParent());
            });
        } catch (FormatException refused) {
            return;
        }
        Parsed folder = Parsed.parse(Cid.raw(input), ByteBuffer.wrap(input));
        for (String name : names) {
            assertTrue(new FolderReader(source, new Budget(ReadLimits.STANDARD)).find(folder, name).isPresent(), name);
        }
    }

    /** As above. */
    @FuzzTest(maxDuration = "5m")
    void aFileOfOneBlockThatLeadsToItselfHasNoMoreBytesThanItSays(byte[] input) throws IOException {
        BlockSource source = any -> ByteBuffer.wrap(input);
        Cid root = Cid.v1(Cid.DAG_PB, Cid.raw(input).hash());
        try {
            long size = FileContent.open(source, root, new FileContent.Range(0, MAX_READ, Long.MAX_VALUE))
                    .readAllBytes().length;
            assertTrue(Parsed.get(source, root).data() instanceof UnixFsData.FileData file
                    && Math.min(MAX_READ, file.size()) == size);
        } catch (FormatException refused) {
            assertTrue(refused.getMessage() != null);
        }
    }
}
