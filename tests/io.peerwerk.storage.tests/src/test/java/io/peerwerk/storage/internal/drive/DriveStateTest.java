// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static io.peerwerk.storage.internal.drive.Drives.LAPTOP;
import static io.peerwerk.storage.internal.drive.Drives.PHONE;
import static io.peerwerk.storage.internal.drive.Drives.content;
import static io.peerwerk.storage.internal.drive.Drives.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriveStateTest {

    private static final long DAY = 1_700_000_000_000L;

    private static DriveState merged(DriveState one, DriveState other) {
        DriveState merged = one.merge(other);
        assertEquals(merged, other.merge(one));
        assertEquals(merged, merged.merge(one));
        return merged;
    }

    private static Set<String> paths(DriveState state) {
        return DriveView.of(state).all().keySet();
    }

    private static int contentAt(DriveState state, String path) {
        return content(DriveView.of(state).at(path).orElseThrow());
    }

    @Test
    void whatTwoReplicasWroteAtDifferentPathsIsThereAfterTheyMet() throws FormatException {
        DriveState laptop = DriveState.EMPTY.edit(LAPTOP, DAY).put("a/x", file(1, DAY)).done();
        DriveState phone = DriveState.EMPTY.edit(PHONE, DAY).put("b", file(2, DAY)).done();
        assertEquals(Set.of("a", "a/x", "b"), paths(merged(laptop, phone)));
    }

    @Test
    void ofTwoWritesOfOnePathTheLaterHasTheNameAndTheOtherANameOfItsOwn() throws FormatException {
        DriveState common = DriveState.EMPTY.edit(LAPTOP, DAY).put("d/report.txt", file(1, DAY)).done();
        DriveState laptop = common.edit(LAPTOP, DAY + 60_000).put("d/report.txt", file(2, DAY + 60_000)).done();
        DriveState phone = common.edit(PHONE, DAY).put("d/report.txt", file(3, DAY)).done();
        DriveState both = merged(laptop, phone);
        String copy = "d/report (conflict 2023-11-14 22.13 fedcba98).txt";
        assertEquals(Set.of("d", "d/report.txt", copy), paths(both));
        assertEquals(2, contentAt(both, "d/report.txt"));
        assertEquals(3, contentAt(both, copy));
    }

    @Test
    void whatIsDoneToAConflictCopyLeavesTheOtherAlone() throws FormatException {
        DriveState both = merged(DriveState.EMPTY.edit(LAPTOP, DAY).put("a", file(1, DAY)).done(),
                DriveState.EMPTY.edit(PHONE, DAY + 1).put("a", file(2, DAY + 1)).done());
        String copy = paths(both).stream().filter(path -> path.contains("conflict")).findAny().orElseThrow();
        assertEquals(Set.of("a"), paths(both.edit(LAPTOP, DAY).remove(copy).done()));
        DriveState written = both.edit(LAPTOP, DAY).put(copy, file(3, DAY)).done();
        assertEquals(Set.of("a", copy), paths(written));
        assertEquals(2, contentAt(written, "a"));
        assertEquals(3, contentAt(written, copy));
        DriveState named = both.edit(LAPTOP, 5).put("a", file(4, DAY)).done();
        assertEquals(Set.of("a", copy), paths(named));
        assertEquals(4, contentAt(named, "a"), "though the clock went back");
        assertEquals(1, contentAt(named, copy));
        assertEquals(1, contentAt(both.edit(LAPTOP, DAY).remove("a").done(), "a"), "no conflict is left");
    }

    @Test
    void twoThatWroteTheSameHaveItOnceAndRemoveItOnce() throws FormatException {
        DriveState both = merged(DriveState.EMPTY.edit(LAPTOP, DAY).put("a", file(1, DAY)).done(),
                DriveState.EMPTY.edit(PHONE, DAY).put("a", file(1, DAY + 1)).done());
        assertEquals(Set.of("a"), paths(both));
        assertEquals(Set.of(), paths(both.edit(LAPTOP, DAY).remove("a").done()));
    }

    @Test
    void aRemovalLosesToAWriteItDidNotKnow() throws FormatException {
        DriveState common = DriveState.EMPTY.edit(LAPTOP, DAY).put("d/a", file(1, DAY)).put("d/b", file(2, DAY)).done();
        DriveState laptop = common.edit(LAPTOP, DAY).remove("d").done();
        assertEquals(Set.of(), paths(laptop));
        DriveState phone = common.edit(PHONE, DAY).put("d/b", file(3, DAY)).put("d/c", file(4, DAY)).done();
        assertEquals(Set.of("d", "d/b", "d/c"), paths(merged(laptop, phone)));
    }

    @Test
    void whatWasRemovedDoesNotComeBackFromAnOldCopy() throws FormatException {
        DriveState old = DriveState.EMPTY.edit(LAPTOP, DAY).put("a", file(1, DAY)).done();
        DriveState removed = old.edit(PHONE, DAY).remove("a").done();
        assertEquals(removed, merged(removed, old));
    }

    @Test
    void anEmptyFolderIsThereUntilItIsRemoved() throws FormatException {
        DriveState made = DriveState.EMPTY.edit(LAPTOP, DAY).put("d", new DriveEntry.Folder(DAY)).done();
        assertEquals(Set.of("d"), paths(made));
        DriveState filled = made.edit(LAPTOP, DAY).put("d/a", file(1, DAY)).done().edit(LAPTOP, DAY).remove("d/a").done();
        assertEquals(Set.of("d"), paths(filled));
        assertEquals(Set.of(), paths(filled.edit(LAPTOP, DAY).remove("d").done()));
    }

    @Test
    void whatIsAFileHereAndAFolderThereIsShownAsBoth() throws FormatException {
        DriveState both = merged(DriveState.EMPTY.edit(LAPTOP, DAY).put("a", file(1, DAY)).done(),
                DriveState.EMPTY.edit(PHONE, DAY).put("a/b/c", file(2, DAY)).done());
        String copy = "a (conflict 2023-11-14 22.13 00000000)";
        assertEquals(Set.of("a", "a/b", "a/b/c", copy), paths(both));
        assertEquals(1, contentAt(both, copy));
    }

    @Test
    void aPathThatIsWrittenTwiceInOneEditHasTheSecond() throws FormatException {
        DriveState state = DriveState.EMPTY.edit(LAPTOP, DAY).put("a", file(1, DAY)).put("a", file(2, DAY))
                .put("b", file(3, DAY)).remove("b").put("c/d", file(4, DAY)).remove("c").done();
        assertEquals(Set.of("a"), paths(state));
        assertEquals(2, contentAt(state, "a"));
        assertEquals(1, state.entries().get("a").size());
    }

    @Test
    void namesOfConflictCopiesFitIntoFileSystemsHoweverLongTheNameWas() throws FormatException {
        String name = "ü".repeat(110) + "." + "x".repeat(30);
        DriveState both = merged(DriveState.EMPTY.edit(LAPTOP, DAY).put(name, file(1, DAY)).done(),
                DriveState.EMPTY.edit(PHONE, DAY).put(name, file(2, DAY)).done());
        List<String> all = new ArrayList<>(paths(both));
        assertEquals(2, all.size());
        for (String path : all) {
            io.peerwerk.storage.internal.manifest.SafePath.check(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a//b", "../a", "a/./b", "a/", "a\u0000", "a\nb"})
    void whatIsNoPathIsRefused(String path) {
        DriveEdit edit = DriveState.EMPTY.edit(LAPTOP, DAY);
        assertThrows(FormatException.class, () -> edit.put(path, file(1, DAY)));
        assertTrue(edit.done().entries().isEmpty());
    }
}
