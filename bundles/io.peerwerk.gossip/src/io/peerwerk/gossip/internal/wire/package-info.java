// SPDX-License-Identifier: EPL-2.0
/**
 * What the two protocols have in common on the wire: peers and where they are reached.
 *
 * <p>A peer's id is its multihash, at most {@value io.peerwerk.gossip.internal.wire.Contact#MAX_ID} bytes. Its
 * addresses are binary multiaddrs in a repeated field. They come from strangers, and they are dialled: so an address is
 * dropped, not refused, when it is of a kind that this version does not know (a later version may offer kinds we have
 * never heard of), and also when it is a name or points at a place that no peer listens on. Only the count and the
 * length are reason to refuse the whole message.
 */
@NullMarked
package io.peerwerk.gossip.internal.wire;

import org.jspecify.annotations.NullMarked;
