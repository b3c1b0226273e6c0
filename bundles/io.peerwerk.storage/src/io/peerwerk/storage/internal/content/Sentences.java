// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.TransferCancelledException;

/** Makes a sentence for the user of what went wrong below. */
final class Sentences {

    private Sentences() {
    }

    /** What should be thrown instead; what is a clear sentence already stays. */
    static IOException of(IOException e) {
        return switch (e) {
            case StorageException clear -> clear;
            case FileAlreadyExistsException clear -> clear;
            case ClosedByInterruptException cut -> new TransferCancelledException("cancelled");
            case InterruptedIOException cut -> new TransferCancelledException("cancelled");
            case FormatException lie -> new StorageException("the content is refused: " + lie.getMessage(), lie);
            case FileNotFoundException missing -> new StorageException(missing.getMessage(), missing);
            case NoSuchFileException missing -> new StorageException("there is no file " + missing.getFile(), missing);
            case FileSystemException file -> new StorageException(file.getFile() + ": " + reason(file), file);
            default -> new StorageException(reason(e), e);
        };
    }

    /** Of what a walk through files throws. */
    static IOException of(UncheckedIOException e) {
        return of(e.getCause());
    }

    private static String reason(IOException e) {
        String message = e instanceof FileSystemException file && file.getReason() != null ? file.getReason()
                : String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("not enough space") ? "the disk is full" : message;
    }
}
