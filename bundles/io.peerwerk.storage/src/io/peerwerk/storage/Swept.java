// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/**
 * What a sweep did.
 *
 * @param kept blocks that are pinned, or in use by a transfer
 * @param removed blocks that are gone
 * @param bytes of those that are gone
 */
public record Swept(long kept, long removed, long bytes) {
}
