// SPDX-License-Identifier: EPL-2.0
/**
 * What gossipsub peers tell each other, as bytes. One record holds any number of things:
 *
 * <pre>
 *   RPC           repeated SubOpts subscriptions = 1   { bool subscribe = 1; string topic = 2 }
 *                 repeated Message publish = 2         { bytes from = 1; bytes data = 2; bytes seqno = 3;
 *                                                        string topic = 4; bytes signature = 5; bytes key = 6 }
 *                 Control control = 3
 *   Control       repeated IHave ihave = 1             { string topic = 1; repeated bytes ids = 2 }
 *                 repeated IWant iwant = 2             { repeated bytes ids = 1 }
 *                 repeated Graft graft = 3             { string topic = 1 }
 *                 repeated Prune prune = 4             { string topic = 1; repeated PeerInfo peers = 2;
 *                                                        uint64 backoff = 3 }
 *                 repeated IDontWant idontwant = 5     { repeated bytes ids = 1 }       since 1.2
 *   PeerInfo      bytes peer = 1; bytes signed_record = 2
 *
 *   signed is     "libp2p-pubsub:" | the Message with from, data, seqno and topic alone
 *   id            from | seqno, and what other makes make of it, see Dialect
 * </pre>
 *
 * <p>Whatever is counted is counted while it is read, against {@link io.peerwerk.pubsub.internal.wire.WireLimits}:
 * two bytes on the wire must not become a hundred in memory without end. Entries beyond a limit are malformed; only ids
 * beyond it are passed over: peers of other makes are generous with them, and an id that was not read does no harm.
 *
 * <p>A message with a part that is too long is read without it: its author has made it so, not who passes it on.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md">libp2p: pubsub</a>
 */
@NullMarked
package io.peerwerk.pubsub.internal.wire;

import org.jspecify.annotations.NullMarked;
