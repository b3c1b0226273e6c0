// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import io.peerwerk.node.internal.text.ByteSize;

/** Bytes a second given on the command line; 0 for no limit. */
record Rate(long bytes) {
    /**
     * Reads a size, which may say that it is one a second: {@code 2MB}, {@code 500kB/s}.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static Rate parse(String text) {
        String size = text.strip();
        return new Rate(ByteSize.parse(size.endsWith("/s") ? size.substring(0, size.length() - 2) : size));
    }
}
