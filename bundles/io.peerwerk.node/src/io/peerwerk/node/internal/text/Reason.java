// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/** Turns an exception into the one line that tells a person what is wrong. */
public final class Reason {
    private static final int LONGEST = 500;

    private Reason() {
    }

    /** Never empty, one line, no class name where there is a sentence. */
    public static String of(Throwable problem) {
        Throwable cause = problem;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine(switch (cause) {
            case FileSystemException e -> ofFile(e);
            default -> sentence(cause);
        });
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static String ofFile(FileSystemException e) {
        String file = e.getFile() == null ? "a file" : e.getFile();
        return switch (e) {
            case NoSuchFileException x -> "no such file or directory: " + file;
            case FileAlreadyExistsException x -> "already exists: " + file;
            case AccessDeniedException x -> "permission denied: " + file;
            case NotDirectoryException x -> "not a directory: " + file;
            case DirectoryNotEmptyException x -> "directory is not empty: " + file;
            default -> file + ": " + lowerFirst(reason(e));
        };
    }

    /** Why the file system refused, without the file's name: {@code read-only file system}. */
    public static String withoutFile(IOException problem) {
        return oneLine(switch (problem) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "not a directory";
            case NotDirectoryException e -> "not a directory";
            case FileSystemException e -> lowerFirst(reason(e));
            default -> sentence(problem);
        });
    }

    private static String reason(FileSystemException e) {
        @Nullable String reason = e.getReason();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
