// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;

/**
 * Gives the link of a file to one peer in a form that others may see: sealed to the recipient's key, and such that he
 * knows who gave it. Neither needs to be online, as the id of a peer with an Ed25519 key contains the key.
 *
 * <p>The text names sender and recipient in the clear. It can be opened as often as wanted, and by anyone who gets hold
 * of the recipient's private key later. Only the recipient can tell that the sender made it; to others he cannot prove
 * that, as he could have made it himself. Thread-safe; nothing blocks. Once the identity is closed, all throws {@link
 * IllegalStateException}.
 */
public interface Sharing {

    /** What every sealed link begins with. */
    String SCHEME = "peerwerk-share:";

    /**
     * The link, sealed: {@code peerwerk-share:} and base64url.
     *
     * @throws StorageException where the recipient's id does not contain an Ed25519 key
     */
    String share(StorageLink link, PeerId recipient) throws StorageException;

    /**
     * Opens what was shared with this peer; white space around it is dropped.
     *
     * @throws StorageException where it is for another peer, or was not sealed by the one it names
     * @throws FormatException where it is no such text, or cut off; like all messages here it repeats nothing of a key
     */
    SharedLink open(String text) throws StorageException, FormatException;
}
