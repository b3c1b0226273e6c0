// SPDX-License-Identifier: EPL-2.0
/**
 * Who has what, and where somebody is: libp2p's distributed hash table (Kademlia), of which this node is a part.
 *
 * <pre>
 *   Routing ─┬─ public peers    /ipfs/kad/1.0.0          internal.kad: table, lookup, stores (pure)
 *            └─ local peers     /ipfs/lan/kad/1.0.0      internal.record: public keys, names of IPNS (pure)
 *                                                        internal.wire: messages (pure)
 *                                                        internal.runtime: streams, timers, the component
 * </pre>
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md">libp2p Kademlia DHT</a>
 */
@NullMarked
package io.peerwerk.routing;

import org.jspecify.annotations.NullMarked;
