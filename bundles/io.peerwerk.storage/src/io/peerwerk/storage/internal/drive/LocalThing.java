// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * How a file or folder on this machine looks without being read.
 *
 * @param folder whether it is a folder, of which nothing else counts
 * @param bytes of a file
 * @param modified nanoseconds since 1970
 * @param executable whether its owner may run it
 */
record LocalThing(boolean folder, long bytes, long modified, boolean executable) {

    /** A link, a device or the like: looks like nothing that a drive has. */
    private static final LocalThing OTHER = new LocalThing(false, -1, Long.MAX_VALUE, false);

    static LocalThing of(BasicFileAttributes attributes, boolean executable) {
        if (!attributes.isDirectory() && !attributes.isRegularFile()) {
            return OTHER;
        }
        return attributes.isDirectory() ? new LocalThing(true, 0, 0, false)
                : new LocalThing(false, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        executable);
    }

    /** Whether it can be read. */
    boolean isFile() {
        return !folder && bytes >= 0;
    }

    long modifiedMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(modified));
    }
}
