// SPDX-License-Identifier: EPL-2.0
/**
 * The messages of the table, in protobuf, each behind its length on a stream.
 *
 * <pre>
 *   Message  type 1 (enum PUT_VALUE 0, GET_VALUE 1, ADD_PROVIDER 2, GET_PROVIDERS 3, FIND_NODE 4, PING 5),
 *            key 2, record 3 (Record), closerPeers 8 (Peer, repeated), providerPeers 9 (Peer, repeated)
 *   Record   key 1, value 2, timeReceived 5 (text)
 *   Peer     id 1, addrs 2 (repeated), connection 3 (enum)
 * </pre>
 *
 * <p>Every answer has the type of its question; ADD_PROVIDER has no answer. Every length and count is checked before
 * memory is taken for it.
 */
@NullMarked
package io.peerwerk.routing.internal.wire;

import org.jspecify.annotations.NullMarked;
