// SPDX-License-Identifier: EPL-2.0
/**
 * Noise_XX_25519_ChaChaPoly_SHA256 as libp2p uses it: both ends learn each other's key and encrypt all that follows.
 *
 * <pre>
 *   every message on the wire     | length: 2 bytes, big endian | message: up to 65535 bytes |
 *
 *   initiator                                                        responder
 *   e                                                       ───────▶
 *                                 ◀───────  e, ee, s, es, payload(key, signature, muxers)
 *   s, se, payload(key, signature, muxers)                  ───────▶
 *   ─────────────── from here on: ciphertext | 16 bytes of authentication tag ───────────────
 * </pre>
 *
 * <p>The Noise key is not the peer's identity key: the payload holds the identity key and its signature of
 * {@code "noise-libp2p-static-key:" + Noise key}, which binds the two.
 *
 * <p>{@link io.peerwerk.transport.tcp.internal.noise.SymmetricState},
 * {@link io.peerwerk.transport.tcp.internal.noise.XxHandshake} and
 * {@link io.peerwerk.transport.tcp.internal.noise.PeerHandshake} are state machines without I/O, named as in the Noise
 * specification (revision 34); {@code NoiseHandler} puts them into a Netty pipeline. The cipher and the hash are the
 * JDK's, which are several times faster than any written in Java; feed it large messages, since each costs a setup.
 */
@NullMarked
package io.peerwerk.transport.tcp.internal.noise;

import org.jspecify.annotations.NullMarked;
