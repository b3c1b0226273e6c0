// SPDX-License-Identifier: EPL-2.0
/**
 * Values that say themselves what they are, as libp2p and IPFS write them: hashes that name their function
 * ({@link io.peerwerk.core.multiformats.Multihash}), ids of content made of them
 * ({@link io.peerwerk.core.multiformats.Cid}), texts that name their base
 * ({@link io.peerwerk.core.multiformats.Multibase}) and addresses that name every protocol on the way
 * ({@link io.peerwerk.core.multiformats.Multiaddr}).
 *
 * <pre>
 *   multihash   | function: varint | length: varint | digest |
 *   cid v1      | 1: varint | content type: varint | multihash |       text: "b" + base32 of it
 *   cid v0      | multihash of sha2-256 |                              text: base58 of it, "Qm..."
 *   multiaddr   | protocol: varint | value | protocol: varint | ...    text: /ip4/127.0.0.1/tcp/4001
 * </pre>
 *
 * <p>Each has a binary and a text form and reads both strictly: a value has one spelling in each.
 *
 * @see <a href="https://multiformats.io/">Multiformats</a>
 */
@NullMarked
package io.peerwerk.core.multiformats;

import org.jspecify.annotations.NullMarked;
