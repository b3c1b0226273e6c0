// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.io.IOException;

/** A storage request failed; the message is one clear sentence for the user. */
public class StorageException extends IOException {

    private static final long serialVersionUID = 1;

    /** With the sentence. */
    public StorageException(String message) {
        super(message);
    }

    /** With the sentence and what lies behind it. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
