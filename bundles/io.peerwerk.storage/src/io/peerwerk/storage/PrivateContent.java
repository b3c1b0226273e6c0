// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What there is to decide about private files beyond {@link Storage#put}, which stores with {@link Convergence#own()}.
 * The same service has both interfaces; what is said of its methods there holds for these.
 */
public interface PrivateContent {

    /**
     * Encrypts and stores like {@link Storage#put(Path, PutOptions, Progress)}. What holders have already is not sent to
     * them again and counts as stored.
     *
     * @param convergence with whose content it shares shards
     */
    StoredItem put(Path source, PutOptions options, Convergence convergence, Progress progress) throws IOException;

    /**
     * Takes the file back from those who have its link: stores the same content with a new read key and with new keys for
     * all chunks, and puts the new link in the old one's place in {@link Storage#items}. The content passes through
     * memory, never through a file.
     *
     * <p>This takes effect for what comes later: the old link does not open the new file, nor can its holder see from the
     * shards that it is the same. He may have kept a copy of the old file, and the old shards stay with their holders as
     * long as they keep them. What is stored afterwards with {@link Convergence#own()} has the same keys again where it
     * is equal to chunks of the old file: to those he could read already, and to no others.
     *
     * @throws NotEnoughShardsException where too few holders of the old shards are reachable
     * @throws WrongKeyException where the key does not open the file
     */
    StoredItem rotate(StorageLink link, Progress progress) throws IOException;
}
