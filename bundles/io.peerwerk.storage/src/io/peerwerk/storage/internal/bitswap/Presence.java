// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import io.peerwerk.core.multiformats.Cid;

/**
 * Whether a peer has a block.
 *
 * @param cid  the block
 * @param have whether it is there, and would be sent
 */
public record Presence(Cid cid, boolean have) {
}
