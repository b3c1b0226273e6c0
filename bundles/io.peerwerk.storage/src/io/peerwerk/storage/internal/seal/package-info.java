// SPDX-License-Identifier: EPL-2.0
/**
 * Content is unreadable before it leaves this peer, and equal content is equal for those only who are meant to see that.
 *
 * <p>Self-encryption as MaidSafe has it (Irvine 2010) takes the key of a chunk from content alone. Whoever can guess the
 * content then can confirm the guess: make the chunk, and look whether somebody has it. Here the key is taken from the
 * content <em>and a secret</em> (Tahoe-LAFS has a convergence secret for the same reason):
 * <pre>
 *   chunk key      HKDF-SHA-256(convergence secret, "peerwerk/2 chunk" | SHA-256(chunk))
 *   sealed chunk   AES-256-GCM(chunk key, nonce 0, AAD: version 2, 1 byte | length of the chunk, 4 bytes big-endian)
 *   read key       32 random bytes for each put, in the link and nowhere else
 *     ├─ HKDF "peerwerk/2 chunk keys"   seals each chunk key; nonce: number of the chunk, AAD: digests of its shards
 *     └─ HKDF "peerwerk/2 manifest"     seals the private part of the manifest; nonce 0, AAD: the public part
 * </pre>
 *
 * <p>What holds, as long as HKDF is a pseudorandom function and AES-GCM an authenticated cipher:
 * <ul>
 * <li><b>Nobody without the convergence secret can confirm a guess.</b> A chunk's key is a pseudorandom function of its
 * hash; to someone without the secret the sealed chunk of a right guess looks as random as that of a wrong one.
 * <li><b>No nonce comes twice.</b> A chunk key seals one plaintext: another one has another hash and with it another key.
 * Sealing the same one again gives the same bytes, which tells no more than that they are the same. The key under which
 * chunk keys are sealed is of one put, in which each chunk number comes once; tables are made once.
 * <li><b>Chunks stay in their places.</b> A sealed chunk has no place of its own, as it may be part of many files; its
 * key has: it opens under its number with its shards only. The number of chunks is in the public part of the manifest,
 * to which the sealed part is bound, and tables are named by their hashes there: nothing can be cut off or put in.
 * <li><b>Nobody can put something false in the place of a chunk that others will have, too.</b> Shards are named by the
 * hashes of their bytes, and who stores makes them from his own content.
 * </ul>
 *
 * <p>What a holder learns: the code, the padded length (see {@code internal.manifest}), who asked him, and where two
 * shards are equal. So he sees that two files of one user (more exactly: of one convergence secret) have chunks in
 * common, and how many, if he holds the tables of both; not what is in them. A random secret for one put takes that from
 * him, and with it the de-duplication. Users who share a secret get de-duplication among them, at the price that each
 * of them can confirm guesses about the content of the others: as strong as the secret is kept.
 *
 * <p>The reader of a file gets its chunk keys, never the convergence secret, which does not follow from them.
 */
@NullMarked
package io.peerwerk.storage.internal.seal;

import org.jspecify.annotations.NullMarked;
