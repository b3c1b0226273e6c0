// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.nio.file.Path;

/**
 * What a get wrote.
 *
 * @param path where it is now
 * @param bytes the sum of the sizes of its files
 * @param sha256 the SHA-256 of the file in lower-case hex; of a folder, of all its files' bytes one after the other
 */
public record Fetched(Path path, long bytes, String sha256) {
}
