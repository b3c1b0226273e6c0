// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a file, folder or symbolic link may say about itself.
 *
 * @param mode permissions and file mode bits as Unix has them, 32 bits without sign; null where it says nothing
 * @param modified the time of the last change; null where it says nothing
 */
public record Attributes(@Nullable Integer mode, @Nullable Instant modified) {

    /** Nothing is said. */
    public static final Attributes NONE = new Attributes(null, null);

    /** The mode that a folder has unless it says otherwise. */
    static final int FOLDER_MODE = 0755;
    /** The mode that anything else has unless it says otherwise. */
    static final int FILE_MODE = 0644;

    private static final int MODE = 7;
    private static final int MODIFIED = 8;
    private static final int SECONDS = 1;
    private static final int NANOS = 2;
    private static final int MAX_TIME_BYTES = 64;
    private static final int NANOS_A_SECOND = 1_000_000_000;

    /** Whether anything is said at all. */
    boolean isEmpty() {
        return mode == null && modified == null;
    }

    /** These attributes where a mode that goes without saying is left out. */
    Attributes without(int defaultMode) {
        return mode != null && mode == defaultMode ? new Attributes(null, modified) : this;
    }

    void write(ProtoWriter out) {
        if (mode != null) {
            out.uint(MODE, Integer.toUnsignedLong(mode));
        }
        if (modified != null) {
            ProtoWriter time = new ProtoWriter().uint(SECONDS, modified.getEpochSecond());
            out.message(MODIFIED, modified.getNano() == 0 ? time : time.fixed32(NANOS, modified.getNano()));
        }
    }

    /** Reads the value of the mode's field. */
    static int readMode(ProtoReader in) throws FormatException {
        long mode = in.uint();
        if (mode >>> Integer.SIZE != 0) {
            throw new FormatException("a mode of over 32 bits");
        }
        return (int) mode;
    }

    /** Reads the value of the time's field. */
    static Instant readTime(ProtoReader data) throws FormatException {
        ProtoReader in = data.message(MAX_TIME_BYTES);
        boolean given = false;
        long seconds = 0;
        long nanos = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case SECONDS -> {
                    seconds = in.uint();
                    given = true;
                }
                case NANOS -> nanos = in.fixed32();
                default -> in.skip();
            }
        }
        if (!given || nanos >= NANOS_A_SECOND) {
            throw new FormatException("a time has no seconds, or " + nanos + " nanoseconds beside them");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new FormatException("a time of " + seconds + " seconds", e);
        }
    }
}
