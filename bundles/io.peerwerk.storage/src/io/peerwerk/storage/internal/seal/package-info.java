// SPDX-License-Identifier: EPL-2.0
/**
 * Encryption of what leaves this machine.
 *
 * <p>Each stored file has a random key of 32 bytes, which stands in its link and nowhere else. From it HKDF-SHA-256
 * derives one key for each purpose. Chunk {@code i} of the content is sealed by AES-256-GCM under the content key:
 * <pre>
 *   nonce   00 00 00 00 | i, 8 bytes big-endian          no nonce comes twice: a file's key is used for one put only
 *   AAD     version, 1 byte | 1 if the last chunk, else 0
 *   sealed  ciphertext, as long as the plaintext | tag, 16 bytes
 * </pre>
 * A chunk in another one's place does not open because of the nonce, and content that was cut short does not because
 * the chunk that would be the last is not marked so. The sealed part of a manifest has a key of its own, the nonce 0
 * and the manifest's public part as AAD.
 */
@NullMarked
package io.peerwerk.storage.internal.seal;

import org.jspecify.annotations.NullMarked;
