// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.peerwerk.storage.Fetched;

/**
 * Where a fetch writes to. The storage never overwrites a file; where the user agreed to that, the fetch writes beside
 * it and replaces it in one step once everything is there, so that a broken fetch costs nothing.
 *
 * @param path what to hand to the storage
 * @param goal where it shall be in the end
 */
record FetchTarget(Path path, Path goal) {
    private static final String MARK = ".peerwerk-new"; //$NON-NLS-1$

    static FetchTarget of(Path goal, boolean replace) throws IOException {
        if (!replace || !Files.isRegularFile(goal)) {
            return new FetchTarget(goal, goal);
        }
        Path beside = goal.resolveSibling(goal.getFileName() + MARK);
        Files.deleteIfExists(beside);
        return new FetchTarget(beside, goal);
    }

    Fetched settle(Fetched fetched) throws IOException {
        if (path.equals(goal)) {
            return fetched;
        }
        Files.move(fetched.path(), goal, StandardCopyOption.REPLACE_EXISTING);
        return new Fetched(goal, fetched.bytes(), fetched.sha256());
    }
}
