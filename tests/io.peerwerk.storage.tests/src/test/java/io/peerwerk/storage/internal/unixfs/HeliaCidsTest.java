// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.storage.internal.unixfs.Profile.FolderSize;
import io.peerwerk.storage.internal.unixfs.Profile.Leaves;
import io.peerwerk.storage.internal.unixfs.Sample.FileSample;
import io.peerwerk.storage.internal.unixfs.Sample.FolderSample;
import io.peerwerk.storage.internal.unixfs.Sample.LinkSample;

class HeliaCidsTest {

    private static final Map<String, Profile> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put("unixfs-v0-2015", Profile.UNIXFS_V0_2015);
        PROFILES.put("CIDv1, 256 KiB", Profile.CID_V1_256K);
        PROFILES.put("Helia's own", Profile.HELIA);
        PROFILES.put("unixfs-v1-2025", Profile.UNIXFS_V1_2025);
    }

    /** So small that files of a few bytes have many levels. */
    private static final List<Profile> TINY = List.of(
            new Profile(16, 4, Leaves.RAW, FolderSize.OF_LINKS),
            new Profile(16, 4, Leaves.DAG_PB, FolderSize.OF_LINKS));

    /** Bytes of a CID of version 1. */
    private static final int CID_BYTES = 36;

    private record Case(String name, Profile profile, Sample sample) {

        String json() {
            return "{\"chunk\":" + profile.chunkBytes() + ",\"links\":" + profile.maxLinks() + ",\"raw\":"
                    + (profile.leaves() == Leaves.RAW) + ",\"block\":"
                    + (profile.folderSize() == FolderSize.OF_BLOCK) + ",\"sample\":" + sample.json() + "}";
        }
    }

    private final List<Case> cases = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void whatWeImportHasTheCidsThatHeliaGivesIt() throws Exception {
        files();
        attributes();
        links();
        folders();
        tries();
        thresholds();
        assertTrue(cases.size() >= 50);
        List<String> theirs = cidsOfHelia();
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> ours = new LinkedHashMap<>();
        for (Case each : cases) {
            expected.put(each.name, theirs.get(ours.size()));
            ours.put(each.name, each.sample.importBy(new UnixFsImporter(each.profile, block -> { })).cid().toString());
        }
        assertEquals(cases.size(), ours.size(), "two cases have one name");
        assertEquals(lines(expected), lines(ours));
    }

    private static String lines(Map<String, String> cids) {
        return cids.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).collect(Collectors.joining("\n"));
    }

    private List<String> cidsOfHelia() throws IOException, InterruptedException {
        Path samples = folder.resolve("samples.json");
        Files.writeString(samples, cases.stream().map(Case::json).collect(Collectors.joining(",", "[", "]")));
        try (ForeignPeer helia = ForeignPeer.run("unixfs-cids", samples.toString())) {
            String line = helia.result();
            List<String> cids = Pattern.compile("\"(Qm\\w{44}|bafy\\w+|bafk\\w+)\"").matcher(line).results()
                    .map(match -> match.group(1)).toList();
            assertEquals(cases.size(), cids.size(), line);
            return cids;
        }
    }

    private static Sample file(long size) {
        return new FileSample((int) size, size, Attributes.NONE);
    }

    private static FolderSample folderOf(Map<String, Sample> entries) {
        return new FolderSample(entries, Attributes.NONE);
    }

    private void files() {
        PROFILES.forEach((name, profile) -> {
            int chunk = profile.chunkBytes();
            for (long size : new long[] {0, 1, chunk - 1, chunk, chunk + 1, 3L * chunk + 7}) {
                cases.add(new Case(size + " bytes, " + name, profile, file(size)));
            }
        });
        cases.add(new Case("174 full chunks", Profile.UNIXFS_V0_2015, file(174L << 18)));
        cases.add(new Case("a byte over 174 chunks", Profile.CID_V1_256K, file((174L << 18) + 1)));
        for (Profile tiny : TINY) {
            for (int size : new int[] {64, 65, 256, 257, 1025, 5000}) {
                cases.add(new Case(size + " bytes, 16 a leaf, " + tiny.leaves(), tiny, file(size)));
            }
        }
    }

    private void attributes() {
        Map<String, Attributes> all = new LinkedHashMap<>();
        all.put("mode 0755", new Attributes(0755, null));
        all.put("mode 0644", new Attributes(0644, null));
        all.put("setuid", new Attributes(04755, null));
        all.put("a time", new Attributes(null, Instant.ofEpochSecond(1_700_000_000)));
        all.put("a time with nanoseconds", new Attributes(0600, Instant.ofEpochSecond(1_700_000_000, 999_999_999)));
        all.put("a time before 1970", new Attributes(null, Instant.ofEpochSecond(-5, 1)));
        all.forEach((name, attributes) -> {
            cases.add(new Case("small file, " + name, Profile.HELIA, new FileSample(7, 1000, attributes)));
            cases.add(new Case("long file, " + name, TINY.getFirst(), new FileSample(8, 500, attributes)));
            cases.add(new Case("folder, " + name, Profile.UNIXFS_V0_2015,
                    new FolderSample(Map.of("a", file(3)), attributes)));
            cases.add(new Case("symbolic link, " + name, Profile.UNIXFS_V1_2025,
                    new LinkSample("../somewhere", attributes)));
        });
    }

    private void links() {
        cases.add(new Case("symbolic link, version 1", Profile.HELIA, new LinkSample("a/b", Attributes.NONE)));
        cases.add(new Case("symbolic link, version 0", Profile.UNIXFS_V0_2015, new LinkSample("/ä", Attributes.NONE)));
    }

    private void folders() {
        Sample nested = folderOf(Map.of("b", folderOf(Map.of("c", folderOf(Map.of("d.txt", file(300_000)))))));
        Map<String, Sample> names = new LinkedHashMap<>();
        // in this order UTF-16 and UTF-8 disagree
        for (String name : List.of("z", "a b", "Grüße", "日本語", "\uFF5E", "\uD83D\uDE00", "e\u0301", "\u00E9", "A",
                "ab")) {
            names.put(name, file(name.length()));
        }
        Sample mixed = folderOf(Map.of("file", file(5), "empty file", file(0), "empty", folderOf(Map.of()), "link",
                new LinkSample("file", Attributes.NONE), "twice", file(5)));
        PROFILES.forEach((name, profile) -> {
            cases.add(new Case("empty folder, " + name, profile, folderOf(Map.of())));
            cases.add(new Case("nested folders, " + name, profile, nested));
            cases.add(new Case("names in many scripts, " + name, profile, folderOf(names)));
            cases.add(new Case("mixed folder, " + name, profile, mixed));
        });
    }

    private static Map<String, Sample> many(int count, int nameLength) {
        Map<String, Sample> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(i);
            entries.put(number + "x".repeat(Math.max(0, nameLength - number.length())), file(0));
        }
        return entries;
    }

    private void tries() {
        PROFILES.forEach((name, profile) -> cases.add(
                new Case("folder of 2,500 long names, " + name, profile, folderOf(many(2500, 120)))));
        cases.add(new Case("folder of 10,000 names", Profile.HELIA, folderOf(many(10_000, 0))));
        cases.add(new Case("sharded folder with attributes", Profile.UNIXFS_V1_2025,
                new FolderSample(many(2500, 120), new Attributes(0700, Instant.ofEpochSecond(1, 2)))));
        cases.add(new Case("sharded folder in a folder", Profile.HELIA,
                folderOf(Map.of("many", folderOf(many(2500, 120)), "file", file(9)))));
    }

    /** Folders that are as large as a folder may be, and larger by one byte. */
    private void thresholds() {
        int name = 92;
        int links = Profile.MAX_FOLDER_BYTES / (CID_BYTES + name);
        cases.add(new Case("names and CIDs of 256 KiB", Profile.HELIA, folderOf(many(links, name))));
        cases.add(new Case("names and CIDs of a byte more", Profile.HELIA, withLast(many(links - 1, name), name + 1)));
        // a link: 2 + 36 bytes of CID, 2 + 92 of name, 2 of size, 3 around it; of the folder itself there are 4
        int inBlock = (Profile.MAX_FOLDER_BYTES - 4) / 137;
        int rest = (Profile.MAX_FOLDER_BYTES - 4) % 137 - 2 - (2 + CID_BYTES) - 2 - 2;
        cases.add(new Case("a block of 256 KiB", Profile.UNIXFS_V1_2025, withLast(many(inBlock, name), rest)));
        cases.add(new Case("a block of a byte more", Profile.UNIXFS_V1_2025, withLast(many(inBlock, name), rest + 1)));
    }

    private static Sample withLast(Map<String, Sample> entries, int nameLength) {
        entries.put("y".repeat(nameLength), file(0));
        return folderOf(entries);
    }
}
