// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The checkout that the tests look at: found upwards from the module's folder, so no path of a machine is needed. */
record Repository(Path root) {

    static Repository here() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("target-platform"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("run this inside a checkout: no target-platform folder above " + Path.of("").toAbsolutePath());
        }
        return new Repository(at);
    }

    /** The folders of all bundles of ours, in alphabetical order. */
    List<Path> bundles() throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("bundles"))) {
            return folders.filter(f -> Files.exists(f.resolve("META-INF/MANIFEST.MF"))).sorted().toList();
        }
    }

    static Manifest manifest(Path bundle) throws IOException {
        try (InputStream in = Files.newInputStream(bundle.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in);
        }
    }

    /** Every Java source of the given bundle. */
    static List<Path> sources(Path bundle) throws IOException {
        try (Stream<Path> files = Files.walk(bundle.resolve("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
