// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import io.peerwerk.core.multiformats.Cid;

/**
 * A file, folder or symbolic link whose blocks are made.
 *
 * @param cid of its root
 * @param bytes of a file's content; 0 for anything else
 * @param totalBytes of all its blocks, each counted as often as it is linked
 */
public record Imported(Cid cid, long bytes, long totalBytes) {
}
