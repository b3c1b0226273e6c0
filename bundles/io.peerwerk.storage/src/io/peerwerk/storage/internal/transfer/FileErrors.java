// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.peerwerk.storage.StorageException;

/** Turns what the file system says into a sentence for the user. */
final class FileErrors {

    private FileErrors() {
    }

    /** What should be thrown instead of {@code e}; what is a clear sentence already stays. */
    static IOException explained(String verb, Path file, IOException e) {
        if (e instanceof StorageException || e instanceof FileAlreadyExistsException) {
            return e;
        }
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            return Control.cancelled();
        }
        String which = e instanceof FileSystemException named && named.getFile() != null ? named.getFile()
                : file.toString();
        return new StorageException("cannot " + verb + " " + which + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (message.contains("No space left") || message.contains("not enough space")) {
            return "the disk is full";
        }
        return e instanceof FileSystemException named && named.getReason() != null ? named.getReason() : message;
    }
}
