// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files and folders to store, and what they hash to. */
final class Trees {

    private Trees() {
    }

    /** A file of bytes that follow from its size and the seed. */
    static Path file(Path at, long bytes, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] piece = new byte[1 << 20];
        try (var out = Files.newOutputStream(at)) {
            for (long left = bytes; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
        return at;
    }

    /** Folders in folders, an empty one among them, with files of several sizes. */
    static Path tree(Path at) throws IOException {
        Files.createDirectories(at.resolve("docs/deep/deeper"));
        Files.createDirectory(at.resolve("empty"));
        file(at.resolve("README"), 100, 1);
        file(at.resolve("docs/none"), 0, 2);
        file(at.resolve("docs/large"), 3_000_000, 3);
        file(at.resolve("docs/deep/deeper/one"), 1, 4);
        return at;
    }

    /** A folder of so many entries, with ten different contents. */
    static Path wide(Path at, int entries) throws IOException {
        Files.createDirectories(at);
        for (int i = 0; i < entries; i++) {
            Files.writeString(at.resolve("entry-%05d".formatted(i)), "content " + i % 10);
        }
        return at;
    }

    static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of all paths and contents, as {@code fetchtree} of tests/foreign-peers says it. */
    static String hash(Path folder) throws Exception {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> !path.equals(folder)).toList();
        }
        String[] lines = new String[paths.size()];
        for (int i = 0; i < lines.length; i++) {
            Path path = paths.get(i);
            String name = folder.relativize(path).toString();
            lines[i] = Files.isSymbolicLink(path) ? name + " -> " + Files.readSymbolicLink(path)
                    : Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name + " " + sha256(path);
        }
        Arrays.sort(lines);
        byte[] all = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
    }
}
