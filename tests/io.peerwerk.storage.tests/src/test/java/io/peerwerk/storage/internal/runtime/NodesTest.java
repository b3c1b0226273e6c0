// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.io.TempDir;

/** What tests with several nodes share: a folder, and files to store. */
abstract class NodesTest {

    @TempDir
    Path folder;

    Path file(String name, int bytes) throws IOException {
        return Files.write(folder.resolve(name), content(name, bytes));
    }

    static byte[] content(String name, int bytes) {
        byte[] content = new byte[bytes];
        new Random(name.hashCode()).nextBytes(content);
        return content;
    }

    Path target(String name) {
        return folder.resolve(name);
    }
}
