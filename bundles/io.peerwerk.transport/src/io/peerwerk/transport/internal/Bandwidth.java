// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

/**
 * How fast bytes of streams may move, in bytes a second; zero means as fast as they can. What encryption, frames and
 * handshakes add, about a hundredth, is not counted.
 *
 * @param upload       to all peers together
 * @param download     from all peers together
 * @param peerUpload   to each peer
 * @param peerDownload from each peer
 */
public record Bandwidth(long upload, long download, long peerUpload, long peerDownload) {

    /** As fast as it goes. */
    public static final Bandwidth UNLIMITED = new Bandwidth(0, 0, 0, 0);

    /** Checks the rates. */
    public Bandwidth {
        if (upload < 0 || download < 0 || peerUpload < 0 || peerDownload < 0) {
            throw new IllegalArgumentException("a rate is a number of bytes a second, or 0 for none");
        }
    }
}
