// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** The key of the link does not open the file that the link names. */
public class WrongKeyException extends StorageException {

    private static final long serialVersionUID = 1;

    /** With the sentence for the user. */
    public WrongKeyException() {
        super("the key does not open this file: was the link copied whole?");
    }
}
