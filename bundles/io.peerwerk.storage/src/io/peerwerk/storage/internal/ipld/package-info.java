// SPDX-License-Identifier: EPL-2.0
/**
 * Graphs of blocks as the rest of the field has them: a block is named by its CID and links to others by theirs.
 *
 * <pre>
 *   raw, 0x55       bytes, no links
 *   dag-pb, 0x70    node   ( 2: link )*  ( 1: data: bytes )?        protobuf; links come first although numbered 2
 *                   link   1: CID   ( 2: name: UTF-8 )?   ( 3: size of all below: varint )?
 * </pre>
 *
 * <p>A node has one spelling: fields of a link in this order and once each, no unknown fields, numbers in their shortest
 * form. The one freedom that is read, as such blocks are about, is data before links; it is never written. Links keep
 * the order that they have on the wire; who makes a folder sorts them by the bytes of their names.
 *
 * <p>A block that comes from elsewhere is worth nothing before its hash has been compared with its CID: {@link
 * io.peerwerk.storage.internal.ipld.VerifiedBlocks} stands in front of every source that readers use.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-pb/spec/">DAG-PB</a>
 */
@NullMarked
package io.peerwerk.storage.internal.ipld;

import org.jspecify.annotations.NullMarked;
