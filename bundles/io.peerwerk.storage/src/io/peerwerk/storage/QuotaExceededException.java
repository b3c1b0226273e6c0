// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** What is offered, here or at every peer asked, is used up. */
public class QuotaExceededException extends StorageException {

    private static final long serialVersionUID = 1;

    /** With a sentence for the user. */
    public QuotaExceededException(String message) {
        super(message);
    }
}
