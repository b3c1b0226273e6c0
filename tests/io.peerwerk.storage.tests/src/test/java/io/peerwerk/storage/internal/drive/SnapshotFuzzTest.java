// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class SnapshotFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aSnapshotThatIsReadIsWrittenTheSameAndCanBeShown(byte[] input) throws FormatException {
        var read = Untrusted.read(() -> SnapshotCodec.parse(input));
        if (read.isPresent()) {
            Snapshot snapshot = read.get();
            assertEquals(snapshot, SnapshotCodec.parse(SnapshotCodec.toBytes(snapshot)));
            DriveView view = DriveView.of(snapshot.state());
            for (String path : view.all().keySet()) {
                assertEquals(0, view.all().get(path).entry() instanceof DriveEntry.File ? view.below(path).size() : 0);
            }
        }
    }
}
