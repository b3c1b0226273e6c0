// SPDX-License-Identifier: EPL-2.0
/**
 * The protocol of rendezvous points, without its streams.
 *
 * <pre>
 *   Message           type 1: enum REGISTER 0, REGISTER_RESPONSE 1, UNREGISTER 2, DISCOVER 3, DISCOVER_RESPONSE 4
 *                     and in the field of its number + 2 one of
 *   Register          ns 1, signedPeerRecord 2, ttl 3 (seconds)
 *   RegisterResponse  status 1, statusText 2, ttl 3
 *   Unregister        ns 1                                       has no answer
 *   Discover          ns 1, limit 2, cookie 3
 *   DiscoverResponse  registrations 1 (Register, repeated), cookie 2, status 3, statusText 4
 * </pre>
 *
 * <p>A point keeps what strangers give it, for up to three days. So it takes a bounded number of registrations from each
 * peer and in all, and of bytes; only a peer itself can register itself. It keeps nothing about those who ask: how far
 * somebody has read stands in the {@linkplain io.peerwerk.discovery.internal.rendezvous.Cookie cookie}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/rendezvous/README.md">libp2p rendezvous</a>
 */
@NullMarked
package io.peerwerk.discovery.internal.rendezvous;

import org.jspecify.annotations.NullMarked;
