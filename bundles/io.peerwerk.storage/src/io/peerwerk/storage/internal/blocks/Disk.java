// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The folder that a log lives in, as the log sees it: named files that grow at their end. Tests put a disk in its place
 * that fills up, tears writes and forgets what was not synced.
 */
interface Disk extends Closeable {

    /** The names of all files, in no order. */
    List<String> list() throws IOException;

    /** The length of a file in bytes. */
    long size(String name) throws IOException;

    /**
     * Fills the buffer from the given position on.
     *
     * @throws java.nio.file.NoSuchFileException where the file is gone
     * @throws java.io.EOFException where the file ends before the buffer is full
     */
    void read(String name, long position, ByteBuffer into) throws IOException;

    /** Creates a file that must not exist, or opens one that must, to append to it. */
    Appender append(String name, boolean create) throws IOException;

    /**
     * Writes the first {@code length} bytes of a file again over themselves and makes them durable. After a failed fsync
     * the system shows bytes that are on no disk and takes them for written; nothing but this makes them so.
     *
     * @param voided where {@value LogFormat#MARKER_BYTES} bytes become zeros, so that no record begins there
     */
    void rewrite(String name, long length, List<Long> voided) throws IOException;

    /** Deletes a file. */
    void delete(String name) throws IOException;

    /** Makes creations and deletions durable. */
    void sync() throws IOException;

    /** A file that is appended to; used by one thread. */
    interface Appender extends Closeable {

        /** Appends all that remains in the buffer. */
        void write(ByteBuffer data) throws IOException;

        /** Makes what was written durable. */
        void sync() throws IOException;

        /** Cuts the file to this length and goes on there. */
        void truncate(long length) throws IOException;
    }
}
