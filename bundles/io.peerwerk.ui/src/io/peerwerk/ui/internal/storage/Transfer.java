// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.io.IOException;
import java.nio.file.Path;

import io.peerwerk.node.Node;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;

/** Something to bring to the network or back: what the user asked for, without how it is shown. */
public sealed interface Transfer {
    /** What it is called in lists and dialogs. */
    String name();

    /**
     * Does it, on the calling thread.
     *
     * @throws IOException in one sentence for the user
     */
    Outcome run(Node node, Progress progress) throws IOException;

    /** How it ended well. */
    sealed interface Outcome {
        record Stored(StoredItem item) implements Outcome {
        }

        record Received(Fetched fetched) implements Outcome {
        }
    }

    /** Stores a file or a folder. */
    record Put(Path source, PutOptions options) implements Transfer {
        public Put(Path source) {
            this(source, PutOptions.standard());
        }

        @Override
        public String name() {
            Path last = source.getFileName();
            return last == null ? source.toString() : last.toString();
        }

        @Override
        public Outcome run(Node node, Progress progress) throws IOException {
            return new Outcome.Stored(node.storage().put(source, options, progress));
        }
    }

    /**
     * Fetches a file or a folder.
     *
     * @param name what to call it, since a link does not tell
     * @param replace whether a file at the target is to be replaced once the new one is there whole
     */
    record Get(String name, StorageLink link, Path target, boolean replace) implements Transfer {
        @Override
        public Outcome run(Node node, Progress progress) throws IOException {
            FetchTarget to = FetchTarget.of(target, replace);
            return new Outcome.Received(to.settle(node.storage().get(link, to.path(), progress)));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Get[" + name + ", " + link.redacted() + ", " + target + "]"; //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        }
    }
}
