// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {

    private static final long DAY = 1_700_000_000_000L;

    @TempDir
    Path temp;

    private final Map<StorageLink, byte[]> store = TestMachine.store();
    private TestMachine laptop;
    private TestMachine phone;

    @BeforeEach
    void twoMachines() throws IOException {
        laptop = new TestMachine(Files.createDirectory(temp.resolve("laptop")), store, 1, DAY);
        phone = new TestMachine(Files.createDirectory(temp.resolve("phone")), store, 2, DAY);
    }

    private void meet() throws IOException {
        for (int i = 0; i < 2; i++) {
            laptop.collect();
            phone.collect();
            laptop.hear(phone);
            phone.hear(laptop);
            laptop.apply();
            phone.apply();
        }
        laptop.now += 60_000;
        phone.now += 60_000;
        assertEquals(laptop.tree(), phone.tree());
    }

    @Test
    void filesAndFoldersComeOverWithTimeAndRightToRun() throws IOException {
        laptop.write("a/b.txt", "one");
        Files.createDirectory(laptop.path("empty"));
        laptop.path("a/b.txt").toFile().setExecutable(true);
        meet();
        assertEquals(Set.of("a", "a/b.txt", "empty"), phone.tree().keySet());
        assertEquals("one", phone.tree().get("a/b.txt"));
        assertEquals(FileTime.fromMillis(DAY), Files.getLastModifiedTime(phone.path("a/b.txt")));
        assertTrue(Files.isExecutable(phone.path("a/b.txt")));
        phone.path("a/b.txt").toFile().setExecutable(false);
        meet();
        assertFalse(Files.isExecutable(laptop.path("a/b.txt")));
    }

    @Test
    void whereNothingWasChangedNothingIsWritten() throws IOException {
        laptop.write("a", "one");
        meet();
        meet();
        DriveState before = laptop.state;
        int stored = store.size();
        laptop.collect();
        assertSame(before, laptop.state);
        Files.setLastModifiedTime(laptop.path("a"), FileTime.fromMillis(DAY + 5_000));
        laptop.collect();
        assertSame(before, laptop.state, "touched, but the same");
        assertEquals(stored, store.size());
    }

    @Test
    void changesAndRemovalsComeOver() throws IOException {
        laptop.write("a/b", "one");
        laptop.write("a/c", "two");
        meet();
        phone.write("a/b", "three");
        phone.remove("a/c");
        meet();
        assertEquals("three", laptop.tree().get("a/b"));
        assertEquals(Set.of("a", "a/b"), laptop.tree().keySet());
        laptop.remove("a");
        meet();
        assertEquals(Set.of(), phone.tree().keySet());
        phone.write("a", "now a file");
        meet();
        assertEquals("now a file", laptop.tree().get("a"));
        laptop.remove("a");
        laptop.write("a/x", "and a folder again");
        meet();
        assertEquals(Set.of("a", "a/x"), phone.tree().keySet());
    }

    @Test
    void aFileThatBothChangedIsThereTwice() throws IOException {
        laptop.write("a.txt", "one");
        meet();
        laptop.write("a.txt", "two");
        phone.now += 1;
        phone.write("a.txt", "three");
        meet();
        assertEquals(2, laptop.tree().size());
        assertEquals("three", laptop.tree().get("a.txt"));
        assertTrue(laptop.tree().containsValue("two"));
    }

    @Test
    void aConflictCopyThatIsGivenTheNameOfTheOtherStays() throws IOException {
        laptop.write("a", "one");
        phone.now += 1;
        phone.write("a", "two");
        meet();
        String copy = laptop.tree().lastKey();
        laptop.remove("a");
        laptop.collect();
        Files.move(laptop.path(copy), laptop.path("a"));
        meet();
        assertEquals(Map.of("a", "one"), phone.tree());
        assertEquals(1, laptop.state.entries().size());
    }

    @Test
    void aConflictCopyThatIsRemovedHereWhileTheOtherIsRemovedThereIsGone() throws IOException {
        laptop.write("a", "one");
        phone.now += 1;
        phone.write("a", "two");
        meet();
        laptop.remove("a");
        laptop.collect();
        laptop.collect();
        phone.remove(phone.tree().lastKey());
        meet();
        assertEquals(Set.of(), laptop.tree().keySet());
    }

    @Test
    void aFileThatBothMadeWithTheSameTextIsThereOnce() throws IOException {
        laptop.write("a", "same");
        phone.now += 5_000;
        phone.write("a", "same");
        meet();
        assertEquals(Map.of("a", "same"), laptop.tree());
    }

    @Test
    void aFileThatOneRemovedAndTheOtherChangedStays() throws IOException {
        laptop.write("d/a", "one");
        laptop.write("d/b", "one");
        meet();
        laptop.remove("d");
        phone.write("d/b", "two");
        meet();
        assertEquals(Set.of("d", "d/b"), laptop.tree().keySet());
        assertEquals("two", laptop.tree().get("d/b"));
    }

    /** The drive has news that the folder has not got yet, when its user writes to the same file. */
    @Test
    void whoWritesWithoutHavingSeenTheNewsReplacesNothing() throws IOException {
        laptop.write("a", "one");
        laptop.write("b", "one");
        laptop.write("c", "one");
        meet();
        phone.write("a", "two");
        phone.write("b", "two");
        phone.remove("c");
        phone.collect();
        laptop.hear(phone);
        laptop.write("a", "three");
        laptop.remove("b");
        laptop.write("c", "three");
        meet();
        assertTrue(laptop.tree().values().containsAll(Set.of("two", "three")), laptop.tree()::toString);
        assertEquals("two", laptop.tree().get("b"), "removed unseen");
        assertEquals("three", laptop.tree().get("c"));
    }

    @Test
    void whatChangesBetweenTheLookAndTheWritingIsNotReplaced() throws IOException {
        laptop.write("a", "one");
        meet();
        phone.write("a", "two");
        phone.collect();
        laptop.collect();
        laptop.hear(phone);
        laptop.write("a", "three");
        laptop.write("new", "mine");
        laptop.apply();
        assertEquals(List.of("a"), laptop.left);
        assertEquals("three", laptop.tree().get("a"));
        meet();
        assertTrue(laptop.tree().values().containsAll(Set.of("two", "three", "mine")), laptop.tree()::toString);
    }

    @Test
    void whatWasTakenBeforeTheStorageFailedIsTakenAgain() throws IOException {
        laptop.write("a", "one");
        laptop.write("b", "one");
        laptop.write("c", "one");
        meet();
        laptop.write("a", "two");
        laptop.write("b", "two");
        laptop.remove("c");
        laptop.refused = "b";
        assertThrows(IOException.class, laptop::collect);
        laptop.refused = "";
        laptop.apply();
        meet();
        assertEquals(Map.of("a", "two", "b", "two"), phone.tree());
    }

    @Test
    void aRemovalDoesNotFollowALinkOutOfTheFolder() throws IOException {
        laptop.write("d/a", "one");
        meet();
        Files.move(laptop.path("d"), temp.resolve("elsewhere"));
        Files.createSymbolicLink(laptop.path("d"), temp.resolve("elsewhere"));
        phone.remove("d/a");
        phone.collect();
        laptop.collect();
        laptop.hear(phone);
        laptop.apply();
        assertEquals("one", Files.readString(temp.resolve("elsewhere/a")));
    }

    @Test
    void whatCannotBeMadeAtOnePathStopsNoOther() throws IOException {
        Files.createSymbolicLink(laptop.path("d"), temp.resolve("nowhere"));
        phone.write("d/x", "one");
        phone.write("z", "two");
        phone.collect();
        laptop.collect();
        laptop.hear(phone);
        laptop.apply();
        assertTrue(laptop.left.contains("d/x"), laptop.left::toString);
        assertEquals("two", Files.readString(laptop.path("z")));
    }

    @Test
    void namesOfThisProgramsOwnFilesComeFromNoDrive() throws IOException {
        phone.write("a", "one");
        phone.collect();
        phone.state = phone.state.edit(new Replica(3), 1).put(".peerwerk-drive/x", Drives.file(1, 1)).done();
        laptop.hear(phone);
        laptop.apply();
        laptop.collect();
        assertEquals(List.of(".peerwerk-drive", ".peerwerk-drive/x"), laptop.left);
        assertTrue(DriveView.of(laptop.state).at(".peerwerk-drive/x").isPresent());
    }

    @Test
    void keysAreNotInTheTextOfAnEntry() {
        DriveEntry.File file = Drives.file(1, DAY);
        assertFalse(file.toString().contains(file.content().key().encoded()));
    }

    @Test
    void aChangeOfTheSameLengthWithinATickIsNoticed() throws IOException {
        laptop.write("a", "one");
        laptop.collect();
        laptop.write("a", "two");
        meet();
        assertEquals("two", phone.tree().get("a"));
    }

    @Test
    void aFolderWhoseDiskIsGoneIsNotTakenForAnEmptiedOne() throws IOException {
        laptop.write("a", "one");
        meet();
        laptop.remove("a");
        Files.delete(laptop.path(".peerwerk-drive"));
        assertTrue(assertThrows(StorageException.class, laptop::collect).getMessage().contains("disk"));
        assertEquals(Set.of("a"), DriveView.of(laptop.state).all().keySet());
    }

    @Test
    void linksAreLeftAloneAndNothingIsWrittenThroughThem() throws IOException {
        laptop.write("d/a", "one");
        meet();
        Path outside = Files.createDirectory(temp.resolve("outside"));
        laptop.remove("d");
        Files.createSymbolicLink(laptop.path("d"), outside);
        phone.write("d/b", "two");
        phone.write("d/a", "three");
        phone.collect();
        laptop.collect();
        laptop.hear(phone);
        laptop.apply();
        assertEquals(0, outside.toFile().list().length);
        assertEquals(Set.of("d", "d/a", "d/b"), DriveView.of(laptop.state).all().keySet());
        assertTrue(laptop.left.contains("d/b"), laptop.left::toString);
    }

    @Test
    void whatAnInterruptedWriteLeftIsNoFileOfTheDrive() throws IOException {
        laptop.write("a", "one");
        laptop.write(".peerwerk-7", "half");
        meet();
        assertEquals(Set.of("a"), phone.tree().keySet());
    }
}
