// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.manifest.Entry.Kind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<String> names = Arbitraries.strings().alpha().numeric().withChars("äß日 -_.~")
                .ofMinLength(1).ofMaxLength(12).filter(n -> !n.equals(".") && !n.equals(".."));
        Arbitrary<Long> sizes = Arbitraries.longs().between(0, 1L << 40);
        return Combinators.combine(names, sizes, Arbitraries.integers().between(0, 0777))
                .as((name, size, mode) -> Entry.file("folder/" + name, size, mode, size))
                .list().uniqueElements(Entry::path).ofMaxSize(30);
    }

    @Property(tries = 200)
    void aFolderIsReadAsItWasWritten(@ForAll("entries") List<Entry> files) throws FormatException {
        List<Entry> entries = new ArrayList<>(files);
        entries.add(new Entry("folder", Kind.FOLDER, 0, 0755, 5, ""));
        entries.add(new Entry("link", Kind.LINK, 0, 0, 5, "folder/x"));
        Directory directory = new Directory("näme", true, entries);
        assertEquals(directory, Directory.parse(directory.toBytes(), directory.contentBytes()));
    }

    private static void refused(Entry... entries) {
        Directory directory = new Directory("d", true, List.of(entries));
        assertThrows(FormatException.class, () -> Directory.parse(directory.toBytes(), directory.contentBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../../x", "a/..", ".", "..", "a/./b", "a//b", "a/", "a\0b",
            "a\nb", "a\u001bb", "\u202Egpj.exe", "a\u2066b", "a\u2028b", "\u200Fa", "\uFEFFa"})
    void aPathThatLeadsOutOrDeceivesIsRefused(String path) {
        refused(Entry.file(path, 0, 0, 0));
        assertThrows(FormatException.class, () -> SafePath.check(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "..a", "a..", ".hidden", "con", "a b", "日本語", "naïve", "family👨‍👩‍👧",
            "a\\b", "C:"})
    void anHonestNameIsAccepted(String path) throws FormatException {
        assertEquals(path, SafePath.check(path));
    }

    @Test
    void namesAndPathsHaveALimit() throws FormatException {
        SafePath.checkName("x".repeat(255));
        assertThrows(FormatException.class, () -> SafePath.checkName("x".repeat(256)));
        assertThrows(FormatException.class, () -> SafePath.checkName("ä".repeat(128)));
        SafePath.check("a/".repeat(127) + "a");
        assertThrows(FormatException.class, () -> SafePath.check("a/".repeat(128) + "a"));
        assertThrows(FormatException.class, () -> SafePath.check(("x".repeat(200) + "/").repeat(25) + "a"));
    }

    @ParameterizedTest
    @CsvSource({"con,_con", "CON.txt,_CON.txt", "nul,_nul", "com1.log,_com1.log", "LPT9,_LPT9", "a.,a._",
            "'a ','a _'", "a\\b,a_b", "C:,C_", "a?b*c,a_b_c", "console,console", "plain.txt,plain.txt"})
    void namesThatMeanSomethingElseOnWindowsAreChangedThere(String name, String there) {
        assertEquals(there, SafePath.local(name, true));
        assertEquals(name, SafePath.local(name, false));
    }

    @Test
    void aPathThatComesTwiceIsRefused() {
        refused(Entry.file("a", 0, 0, 0), Entry.file("a", 0, 0, 0));
        refused(new Entry("a", Kind.FOLDER, 0, 0, 0, ""), Entry.file("a", 0, 0, 0));
    }

    @Test
    void aPathThroughAFileOrALinkIsRefused() {
        refused(Entry.file("a", 0, 0, 0), Entry.file("a/b/c", 0, 0, 0));
        refused(Entry.file("a/b", 0, 0, 0), new Entry("a", Kind.LINK, 0, 0, 0, "/etc"));
    }

    @Test
    void filesThatDoNotAddUpToTheContentAreRefused() {
        Directory directory = new Directory("d", true, List.of(Entry.file("a", 10, 0, 0), Entry.file("b", 5, 0, 0)));
        assertThrows(FormatException.class, () -> Directory.parse(directory.toBytes(), 14));
        assertThrows(FormatException.class, () -> Directory.parse(directory.toBytes(), 16));
        refused(Entry.file("a", -1, 0, 0));
        List<Entry> huge = List.of(Entry.file("a", Long.MAX_VALUE, 0, 0), Entry.file("b", Long.MAX_VALUE, 0, 0));
        Directory overflow = new Directory("d", true, huge);
        assertThrows(FormatException.class, () -> Directory.parse(overflow.toBytes(), -2));
    }

    @Test
    void aSingleFileHasOneEntry() {
        Directory none = new Directory("f", false, List.of());
        assertThrows(FormatException.class, () -> Directory.parse(none.toBytes(), 0));
        Directory badName = new Directory("../f", false, List.of(Entry.file("f", 0, 0, 0)));
        assertThrows(FormatException.class, () -> Directory.parse(badName.toBytes(), 0));
    }

    @Test
    void onlyThePermissionBitsOfAModeAreKept() throws FormatException {
        Directory directory = new Directory("f", false, List.of(Entry.file("f", 0, 04777, 0)));
        assertEquals(0777, Directory.parse(directory.toBytes(), 0).entries().getFirst().mode());
        assertFalse(directory.folder());
        assertTrue(directory.toBytes().length < 40);
    }
}
