// SPDX-License-Identifier: EPL-2.0
/**
 * Who a peer is: an {@link io.peerwerk.core.identity.Identity} is a key pair that stays on its machine, a
 * {@link io.peerwerk.core.identity.PublicKey} checks what it signed, and a {@link io.peerwerk.core.identity.PeerId} is
 * the short name made from the public key, so that no registry hands out names and nobody can take another one's.
 *
 * <pre>
 *   public key    | 08 type | 12 length | key |                    protobuf with fields 1 and 2, nothing else
 *   private key   | 08 01 | 12 40 | seed: 32 | public key: 32 |     the same with both halves, Ed25519
 *   peer id       | 00 24 | public key as above, 36 bytes |         "12D3KooW...", keys of up to 42 bytes
 *                 | 12 20 | SHA2-256 of the public key |            "Qm...", longer keys
 *   envelope      | public key | payload type | payload | signature over domain, type and payload |
 *   peer record   | peer id | sequence number | addresses |         the payload of an envelope its peer sealed
 * </pre>
 *
 * <p>Our own identities are Ed25519; signatures of the other kinds of keys can be checked. An Ed25519 key is
 * an X25519 key, too, seen from the other form of the curve: so whoever knows a peer's id can seal something to it.
 *
 * <p>What a peer says about itself and others pass on is sealed in an {@link io.peerwerk.core.identity.Envelope}; its
 * addresses make a {@link io.peerwerk.core.identity.PeerRecord}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">Peer Ids and Keys</a>
 */
@NullMarked
package io.peerwerk.core.identity;

import org.jspecify.annotations.NullMarked;
