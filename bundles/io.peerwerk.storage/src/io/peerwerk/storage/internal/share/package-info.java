// SPDX-License-Identifier: EPL-2.0
/**
 * Links sealed to one peer.
 *
 * <pre>
 *   peerwerk-share:  base64url of a record: version 1, sender's id, recipient's id, one-time public key, sealed link
 *                                           |<---------- AAD of the seal -------->|
 *   seal             HPKE (RFC 9180) in mode Auth: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM;
 *                    info "peerwerk-share/1"; plaintext: the root's CID and the read key
 * </pre>
 *
 * <p>The X25519 keys are those of the identities, seen from the other form of their curve ({@link
 * io.peerwerk.core.identity.PublicKey#toX25519}): a peer id with an Ed25519 key is all that is needed to seal, and the
 * recipient's id to open. Ids of other keys are refused. HPKE's Auth mode binds the seal to both keys; the record's ids
 * are bound as well, so that one text has one meaning. Ids may be seen by all; what is sealed is of one length.
 *
 * <p>Whoever learns the recipient's private key can open what was shared with him, and can make him believe that others
 * had shared something (RFC 9180, section 9.1.1). Copies of the scalar that are made here are wiped; the library's own
 * go with its objects.
 */
@NullMarked
package io.peerwerk.storage.internal.share;

import org.jspecify.annotations.NullMarked;
