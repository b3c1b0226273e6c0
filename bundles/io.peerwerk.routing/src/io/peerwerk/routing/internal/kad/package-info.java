// SPDX-License-Identifier: EPL-2.0
/**
 * Kademlia without its streams: state machines that are told what time it is, what came and what failed, and say what
 * to ask next.
 *
 * <pre>
 *   offers, answers ─▶ Upkeep ─▶ RoutingTable        only peers that have answered stand in the table
 *                        │  ▲
 *                        ▼  │ closest
 *   questions ─▶ Lookup, BestValue, Provision        α questions at a time, on disjoint paths
 *   requests  ─▶ Responder ─▶ RecordStore, ProviderStore
 * </pre>
 *
 * <p>Keys are SHA-256 hashes of what is looked for, and of peer ids; the distance of two is their XOR. Invariants: a
 * bucket holds {@value io.peerwerk.routing.internal.kad.RoutingTable#BUCKET_SIZE} peers at most, and no network more
 * than its share of them; a peer leaves only when it has failed to answer; each peer is asked once in a lookup; each
 * lookup ends after a bounded number of questions, whatever others answer; what strangers make this peer keep is bounded
 * by sender, key, count and bytes.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md">libp2p Kademlia DHT</a>
 * @see <a href="https://pdos.csail.mit.edu/~petar/papers/maymounkov-kademlia-lncs.pdf">Kademlia (2002)</a>
 */
@NullMarked
package io.peerwerk.routing.internal.kad;

import org.jspecify.annotations.NullMarked;
