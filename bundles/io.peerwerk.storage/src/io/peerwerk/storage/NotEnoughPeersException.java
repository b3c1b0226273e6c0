// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** Too few peers took shards for the put to be acknowledged. */
public class NotEnoughPeersException extends StorageException {

    private static final long serialVersionUID = 1;

    /** With a sentence for the user. */
    public NotEnoughPeersException(String message) {
        super(message);
    }
}
