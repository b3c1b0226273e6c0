// SPDX-License-Identifier: EPL-2.0
/**
 * Cyclon: a small view of the network that never stops changing.
 *
 * <p>Voulgaris, Gavidia and van Steen, <em>CYCLON: Inexpensive Membership Management for Unstructured P2P
 * Overlays</em>, Journal of Network and Systems Management 13(2), 2005, the enhanced shuffle of its section 3. Every
 * peer keeps {@code c} neighbours, each with an age in rounds. Once a round it takes its oldest neighbour out of the
 * view, and swaps a few entries with it:
 *
 * <pre>
 *   P, once a round                                         Q, P's oldest neighbour
 *     ages + 1; Q leaves the view
 *     request: (P, age 0) and l-1 random entries   ──────▶
 *                                                  ◀──────  answer: l random entries
 *     both: skip what is known already, fill empty places, then replace what was sent away
 * </pre>
 *
 * <p>Entries are swapped, not copied: what one peer gets the other gives away, so the number of views a peer stands in
 * hardly differs from peer to peer. A peer that is gone is asked at the latest when it is the oldest one, does not
 * answer, and has left the view by then. There is one request under way at any time.
 *
 * <p>On the wire a request and an answer are the same protobuf record, {@code repeated Entry entry = 1}, with
 * {@code Entry { bytes id = 1; repeated bytes address = 2; uint32 age = 3; }}.
 *
 * <p>A neighbour that lies can only hand out entries, and the defences bound what it gains: a view has a fixed size,
 * one sender gets one shuffle a round and all of them together a few, no peer stands in a view twice, and a handful of
 * peers drawn from all that were ever heard of ({@link io.peerwerk.gossip.internal.cyclon.Recall}) come
 * back into the view from time to time, which those who shout louder cannot displace.
 */
@NullMarked
package io.peerwerk.gossip.internal.cyclon;

import org.jspecify.annotations.NullMarked;
