// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static io.peerwerk.storage.internal.drive.Drives.LAPTOP;
import static io.peerwerk.storage.internal.drive.Drives.PHONE;
import static io.peerwerk.storage.internal.drive.Drives.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {

    private static final long DAY = 1_700_000_000_000L;

    private static Snapshot some() throws FormatException {
        DriveState laptop = DriveState.EMPTY.edit(LAPTOP, DAY).put("a/b", file(1, DAY))
                .put("a/empty", new DriveEntry.Folder(DAY)).done();
        DriveState phone = DriveState.EMPTY.edit(PHONE, DAY).put("a/b", file(2, DAY)).put("ü", file(3, 0)).done();
        return new Snapshot(laptop.merge(phone), List.of(file(8, DAY).content(), file(9, DAY).content()), PHONE, DAY);
    }

    private static void refused(String why, ProtoWriter record) {
        String message = assertThrows(FormatException.class, () -> SnapshotCodec.parse(record.toBytes())).getMessage();
        assertTrue(message.contains(why), message);
    }

    private static ProtoWriter begun() {
        return new ProtoWriter().uint(1, 1);
    }

    private static ProtoWriter entry(String path, long number) {
        return entry(path, number, new ProtoWriter());
    }

    private static ProtoWriter entry(String path, long number, ProtoWriter entry) {
        return new ProtoWriter().string(1, path).fixed64(2, 7).uint(3, number).message(4, entry);
    }

    private static ProtoWriter seen(long replica, long number) {
        return new ProtoWriter().fixed64(1, replica).uint(2, number);
    }

    private static ProtoWriter link() {
        return new ProtoWriter().bytes(1, file(1, 0).content().root().toBytes()).bytes(2, new byte[32]);
    }

    private static ProtoWriter linked() {
        return new ProtoWriter().message(2, link());
    }

    @Test
    void aSnapshotIsReadAsItWasWritten() throws FormatException {
        Snapshot snapshot = some();
        assertEquals(snapshot, SnapshotCodec.parse(SnapshotCodec.toBytes(snapshot)));
    }

    @Test
    void aSnapshotThatIsCutOffAnywhereIsRefusedOrKnowsLess() throws FormatException {
        Snapshot snapshot = some();
        byte[] bytes = SnapshotCodec.toBytes(snapshot);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            try {
                assertTrue(SnapshotCodec.parse(part).state().entries().size() < snapshot.state().entries().size());
            } catch (FormatException e) {
                assertTrue(length < bytes.length);
            }
        }
    }

    @Test
    void whatANewerVersionAddsIsPassedOver() throws FormatException {
        Snapshot snapshot = some();
        byte[] more = new ProtoWriter().string(99, "news").toBytes();
        byte[] bytes = SnapshotCodec.toBytes(snapshot);
        byte[] both = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, both, bytes.length, more.length);
        assertEquals(snapshot, SnapshotCodec.parse(both));
        assertArrayEquals(bytes, SnapshotCodec.toBytes(SnapshotCodec.parse(both)));
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("version 2", new ProtoWriter().uint(1, 2));
        refused("never written", begun().message(6, entry("a", 5)));
        refused("never written", begun().message(5, seen(7, 4)).message(6, entry("a", 5)));
        refused("one write twice", begun().message(5, seen(7, 5)).message(6, entry("a", 5)).message(6, entry("a", 5)));
        refused("a replica twice", begun().message(5, seen(7, 5)).message(5, seen(7, 5)));
        refused("number 0", begun().message(5, seen(7, 0)));
        refused("number", begun().message(5, seen(7, Dot.MAX_NUMBER + 1)));
        refused("number", begun().message(5, seen(7, -1)));
        refused("no name", begun().message(5, seen(7, 5)).message(6, entry("../a", 5)));
        refused("no name", begun().message(5, seen(7, 5)).message(6, entry("/etc/passwd", 5)));
        refused("without a path", begun().message(5, seen(7, 5)).message(6, new ProtoWriter().fixed64(2, 7).uint(3, 5)));
        refused("without a digest", begun().message(5, seen(7, 5)).message(6, entry("a", 5, linked())));
        refused("without a path or an entry", begun().message(5, seen(7, 5)).message(6, new ProtoWriter().string(1, "a")
                .fixed64(2, 7).uint(3, 5)));
        refused("impossible size", begun().message(5, seen(7, 5)).message(6, entry("a", 5,
                linked().bytes(3, new byte[32]).uint(4, -1))));
    }

    @Test
    void parentsAndReplicasAreCountedBeforeTheyAreKept() {
        var parents = begun();
        var replicas = begun();
        for (int i = 0; i <= Snapshot.MAX_PARENTS; i++) {
            parents.message(4, link());
        }
        for (int i = 0; i <= 10_000; i++) {
            replicas.message(5, seen(i, 1));
        }
        refused("over 64", parents);
        refused("over 10000", replicas);
    }
}
