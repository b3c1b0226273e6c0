// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names that Java has no text for, in the locale in which it was started. */
@EnabledOnOs(OS.LINUX)
class ForeignNamesTest {

    @TempDir
    private Path folder;

    private static void shell(Path in, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).directory(in.toFile()).inheritIO().start();
        assertEquals(0, process.waitFor());
    }

    private void refused(String command) throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        shell(source, command);
        try (var peers = new ContentPeers(folder.resolve("peers"))) {
            Peer peer = peers.start();
            String message = assertThrows(StorageException.class,
                    () -> peer.content.add(source, ContentProfile.CID_V1_256K, Progress.NONE)).getMessage();
            assertTrue(message.contains("cannot be read as text"), message);
            assertEquals(List.of(), peer.content.pins());
        } finally {
            // Nobody but the shell knows that name.
            shell(source, "rm -f ./*");
        }
    }

    @Test
    void aNameThatIsNoTextIsRefusedAndNotStoredUnderAnother() throws Exception {
        refused("touch \"$(printf 'bad\\377')\"");
    }

    @Test
    void aLinkToANameThatIsNoTextIsRefused() throws Exception {
        refused("ln -s \"$(printf 'bad\\377')\" link");
    }

    /** What another Java, without a locale, makes of a file's name: see {@link #main}. */
    private String withoutLocale(String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path out = folder.resolve("out");
        ProcessBuilder child = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
                ForeignNamesTest.class.getName());
        child.command().addAll(List.of(arguments));
        child.environment().put("LC_ALL", "C");
        child.redirectErrorStream(true).redirectOutput(out.toFile());
        child.start().waitFor();
        return Files.readString(out);
    }

    @Test
    void aNameThatThisSystemCannotHaveEndsTheGetWithAClearSentence() throws Exception {
        String said = withoutLocale(folder.resolve("target").toString());
        assertTrue(said.contains("there can be no file of the name") && said.contains("set LC_ALL"), said);
        assertFalse(said.contains("\tat "), said);
        assertFalse(Files.exists(folder.resolve("target")));
    }

    /** Writes a folder with an umlaut; says why it cannot. */
    public static void main(String[] arguments) throws IOException {
        try (var tree = new TargetTree("folder", true, Path.of(arguments[0]))) {
            tree.folder("");
            tree.file("\u00fc").close();
            tree.finish();
        } catch (StorageException e) {
            System.out.println(e.getMessage());
        }
    }
}
