// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;

/** Is told what is in a tree of folders, a folder before what is in it. */
@FunctionalInterface
public interface TreeVisitor {

    /**
     * Takes a file, folder or symbolic link; an exception ends the walk.
     *
     * @param path from the root with {@code /} between the names, checked; empty for the root itself
     */
    void visit(String path, UnixFsNode node) throws IOException;
}
