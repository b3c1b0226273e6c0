// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void aFileErrorSaysWhatIsWrongWithWhichFile() {
        assertEquals("no such file or directory: /x", Reason.of(new NoSuchFileException("/x")));
        assertEquals("permission denied: /x", Reason.of(new AccessDeniedException("/x")));
        assertEquals("already exists: /x", Reason.of(new FileAlreadyExistsException("/x")));
        assertEquals("/x: no space left on device",
                Reason.of(new FileSystemException("/x", null, "No space left on device")));
        assertEquals("read-only file system",
                Reason.withoutFile(new FileSystemException("/x", null, "Read-only file system")));
    }

    @Test
    void theCauseSpeaksNotItsWrapping() {
        assertEquals("why", Reason.of(new CompletionException(new ExecutionException(new IOException("why")))));
    }

    @Test
    void anExceptionWithoutWordsIsNamed() {
        assertEquals("NullPointerException", Reason.of(new NullPointerException()));
    }

    @Test
    void itIsAlwaysOneLineOfBoundedLength() {
        String line = Reason.of(new IOException("a\r\n\tb\u001b[31m" + "x".repeat(1000)));
        assertFalse(line.contains("\n"));
        assertFalse(line.contains("\u001b"));
        assertTrue(line.length() <= 501, line);
    }
}
