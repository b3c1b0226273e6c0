// SPDX-License-Identifier: EPL-2.0
/**
 * What gossip knows goes into the routing tables, so that a peer which has just joined can look things up before it has
 * looked anything up.
 *
 * <pre>
 *   Membership ── comes, moves, goes ──▶ Introductions ──▶ Routing.offer: a peer that may take part
 *   PeerSampling ── its view, at times ──▶  (pure)     └─▶ Routing.doubt: one that seems to be gone
 * </pre>
 *
 * <p>Gossip's word alone puts nobody into a table and takes nobody out: the routing asks each peer first. However many
 * members come and go, so many are told at once and each second, and so many wait.
 */
@NullMarked
package io.peerwerk.node.internal.feed;

import org.jspecify.annotations.NullMarked;
