// SPDX-License-Identifier: EPL-2.0
/**
 * T-Man: any topology that can be told by saying which peers each peer would rather have as neighbours.
 *
 * <p>Jelasity, Montresor and Babaoglu, <em>T-Man: Gossip-based fast overlay topology construction</em>, Computer
 * Networks 53(13), 2009. A {@link io.peerwerk.gossip.internal.tman.Preference} orders peers as neighbours of a given
 * one. Once a cycle:
 *
 * <pre>
 *   P                                                     Q, any of the ψ best of P's view
 *     request: the m best for Q of view, P, random peers  ──────▶
 *                                                         ◀──────  answer: the m best for P, likewise
 *     both: join it with the view, keep the best for oneself
 * </pre>
 *
 * <p>From random views the wanted neighbours are found in a number of cycles that grows with the logarithm of the number
 * of peers: a ring of 2^8, 2^10, 2^12, 2^14, 2^16 is perfect after 5, 7, 9, 11, 13. Preferences are the neighbours on a
 * ring, the entries of Kademlia's routing table (XOR distance), and nearness by round trips.
 *
 * <p>On the wire a request and an answer are one protobuf record, {@code repeated Node node = 1}, with
 * {@code Node { bytes id = 1; repeated bytes address = 2; fixed64 x = 3; fixed64 y = 4; fixed64 height = 5 }}: the
 * coordinates (IEEE 754 doubles, milliseconds) may be missing. The first node of a message is its sender.
 *
 * <p>What others say is bounded: a message has at most {@value io.peerwerk.gossip.internal.tman.TManOptions#MAX_NODES}
 * nodes, a view a fixed size, one peer gets one exchange a cycle. The place of a peer on the ring and in the XOR space is
 * the hash of its id, computed by whoever reads it, so nobody chooses the place of another, and its own only by making
 * keys. A peer that is named and does not answer is forgotten, and not taken again for a while, whoever names it.
 */
@NullMarked
package io.peerwerk.gossip.internal.tman;

import org.jspecify.annotations.NullMarked;
