// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import io.peerwerk.core.multiformats.Cid;

/**
 * An entry of a folder.
 *
 * @param name checked: it is not empty, leads nowhere else and has no characters that deceive
 * @param cid of the root of the file or folder
 * @param totalBytes of all blocks below, as the folder's maker says; -1 where they did not
 */
public record FolderEntry(String name, Cid cid, long totalBytes) {
}
