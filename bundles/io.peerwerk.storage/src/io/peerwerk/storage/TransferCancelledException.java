// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** The user, or the end of the storage module, stopped the transfer; nothing half-done is left. */
public class TransferCancelledException extends StorageException {

    private static final long serialVersionUID = 1;

    /** With who stopped it. */
    public TransferCancelledException(String message) {
        super(message);
    }
}
