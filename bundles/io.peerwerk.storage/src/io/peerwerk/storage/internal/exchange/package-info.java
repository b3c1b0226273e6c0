// SPDX-License-Identifier: EPL-2.0
/**
 * The block protocol {@code /peerwerk/blocks/1.0.0}: put blocks, ask which are there, get blocks.
 *
 * <pre>
 *   asking peer                                        holder
 *   frame: request (kind, for each block CID and length) ──▶
 *   PUT: the blocks' bytes, one after the other ──▶
 *                                        ◀── PUT:  frame: one result byte a block
 *                                        ◀── HAVE: frame: one bit a block
 *                                        ◀── GET:  for each block a frame (found?, length), then its bytes
 *   next request, or half-close
 * </pre>
 *
 * <p>Frames have a varint length in front and hold protobuf; block bytes follow them bare, so that they are copied as
 * seldom as possible. A PUT is answered when its blocks are fsynced: one fsync for all of them, and for those of other
 * peers that come at the same moment. The holder checks each hash before it stores, and the asking peer before it uses.
 *
 * <p>A holder gives a peer so many requests at a time and all peers together so much memory; who wants more waits.
 */
@NullMarked
package io.peerwerk.storage.internal.exchange;

import org.jspecify.annotations.NullMarked;
