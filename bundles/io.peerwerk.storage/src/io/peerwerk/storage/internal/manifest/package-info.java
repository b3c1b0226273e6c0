// SPDX-License-Identifier: EPL-2.0
/**
 * The records that turn shards back into files. All are protobuf; a greater version is refused, and every count and
 * length is checked before it costs memory. Manifests and tables have one form only, as they are named by their hashes
 * and copied by those who read them; of the directory, unknown fields are passed over.
 *
 * <pre>
 *   content stream    bytes of file 1 | bytes of file 2 | ... | directory record | padding
 *                     |<------- contentBytes -------->|<- directoryBytes ->|
 *                     |<------------- a padded length (see PaddedLength) ------------>|
 *                     cut into chunks of 1 MiB - 16 bytes, each sealed to 1 MiB, the last one shorter
 *
 *   manifest          version, k, n, chunk and last chunk bytes, number of chunks, threshold, digests of the shard
 *   (CID in the link) tables, and a sealed part: contentBytes, directoryBytes
 *   shard table       of up to 256 chunks the SHA-256 of each of the n shards, and the sealed key (48 bytes)
 *   directory         paths, sizes, modes and times of the files, in the order of their bytes
 * </pre>
 *
 * <p>The public part of the manifest and of the shard tables is all that a repair needs: it moves ciphertext only. So
 * there are two capabilities: who has the root's CID can audit and repair a file, as each holder of its manifest does;
 * who has the read key as well can read it. Nobody can change a file: another content is another manifest.
 *
 * <p>Names, sizes and the shape of the tree are in the directory, inside the sealed stream. What is seen of the whole is
 * its padded length and the code. The directory stands at the end of the content, so that files are read once and their
 * sizes are those that were read. The padding looks random, as equal chunks of it would show where it is.
 */
@NullMarked
package io.peerwerk.storage.internal.manifest;

import org.jspecify.annotations.NullMarked;
