// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;

/** Is told the entries of a folder, one after the other. */
@FunctionalInterface
public interface EntryVisitor {

    /** Takes an entry; an exception ends the listing. */
    void visit(FolderEntry entry) throws IOException;
}
