// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.JsonObject;
import io.peerwerk.node.internal.FakePublicContent;
import org.junit.jupiter.api.Test;

class PublicContentCommandsTest extends CommandLines {

    @Test
    void publicContentIsPutUnderItsCidAndFetchedByIt() throws IOException {
        String root = FakePublicContent.ROOT.toString();
        assertEquals(0, run("put", "--public", file().toString()), this::err);
        assertEquals("/ipfs/" + root + System.lineSeparator(), out());
        JsonObject stored = json("put", "--public", "--profile", "helia", file().toString()).getFirst();
        assertEquals(root, stored.get("cid").getAsString());
        assertEquals("/ipfs/" + root, stored.get("uri").getAsString());
        assertEquals("fetched", json("get", root, "-o", home.resolve("x").toString()).getFirst().get("event").getAsString());
        assertEquals(0, run("get", "ipfs://" + root + "/sub/a.txt", "-o", home.resolve("x").toString()), this::err);
        assertEquals(List.of("add photo.jpg unixfs-v1-2025", "add photo.jpg helia", "get /ipfs/" + root,
                "get /ipfs/" + root + "/sub/a.txt"), fake.publicContent.asked);
        fails(1, "nobody sends", "get", fake.link.root().toString(), "-o", home.resolve("x").toString());
        fails(1, "..", "get", root + "/../x", "-o", home.resolve("x").toString());
        fails(2, "--profile", "put", "--public", "--profile", "zip", "x");
    }

    @Test
    void aPublicFolderIsListedWithoutTheControlCharactersOfItsNames() {
        assertEquals(0, run("ls", FakePublicContent.ROOT.toString()), this::err);
        List<String> lines = out().lines().toList();
        assertTrue(lines.get(1).matches("a\uFFFD\\[31m\\.txt +1\\.50 kB +" + FakePublicContent.ROOT), this::out);
        assertTrue(lines.get(2).startsWith("sub/ "), this::out);
        JsonObject folder = json("ls", FakePublicContent.ROOT.toString()).getLast();
        assertEquals("folder", folder.get("kind").getAsString());
        assertEquals(0, run("ls", FakePublicContent.ROOT + "/sub"), this::err);
        assertEquals("", out());
        assertTrue(err().contains("empty"), this::err);
    }

    @Test
    void pinsAreMadeListedAndTakenBackAndTheRestIsSwept() {
        String root = FakePublicContent.ROOT.toString();
        assertEquals(List.of(), json("pin"));
        assertEquals("pinned", json("pin", "/ipfs/" + root).getFirst().get("event").getAsString());
        assertEquals(root, json("pin").getFirst().get("cid").getAsString());
        fails(1, "without names", "pin", root + "/sub");
        assertEquals(0, run("unpin", root), this::err);
        fails(1, "is not pinned", "unpin", root);
        assertEquals(0, run("gc"), this::err);
        assertEquals("removed 2 blocks, 3.00 kB; kept 5" + System.lineSeparator(), out());
        assertEquals(3_000, json("gc").getFirst().get("bytes").getAsLong());
    }

    @Test
    void statusSaysWhatPublicContentTakes() {
        assertEquals(0, run("status"), this::err);
        assertTrue(out().contains("4.50 kB of at most 10.0 GB, 7 blocks, 0 pinned"), this::out);
        assertEquals(4_500, json("status").getFirst().get("publicUsed").getAsLong());
    }

    @Test
    void carsAreWrittenAndRead() throws IOException {
        String root = FakePublicContent.ROOT.toString();
        Path car = home.resolve("x.car");
        assertEquals(0, run("export", root, "-o", car.toString()), this::err);
        assertEquals(car + System.lineSeparator(), out());
        assertEquals(List.of("export " + root + " x.car"), fake.publicContent.asked);
        fails(1, "x.car", "import", car.toString());
        assertEquals(root, json("import", file().toString()).getFirst().get("cid").getAsString());
    }
}
