// SPDX-License-Identifier: EPL-2.0
/**
 * The records that turn shards back into files. All are protobuf; unknown fields are passed over, a greater version is
 * refused, and every count and length is checked before it costs memory.
 *
 * <pre>
 *   content stream    bytes of file 1 | bytes of file 2 | ... | directory record
 *                     |<------- contentBytes -------->|<- directoryBytes ->|
 *                     cut into chunks of 1 MiB - 16 bytes, each sealed to 1 MiB, the last one shorter
 *
 *   manifest          version, k, n, chunk and last chunk bytes, number of chunks, label, CIDs of the shard tables
 *   (CID in the link) and a sealed part: contentBytes, directoryBytes
 *   shard table       the SHA-256 of each of the n shards of up to 256 chunks
 *   directory         paths, sizes, modes and times of the files, in the order of their bytes
 * </pre>
 *
 * <p>The public part of the manifest and the shard tables are all that a repair needs: it moves ciphertext only. The
 * directory stands at the end of the stream, so that files are read once and their sizes are those that were read.
 */
@NullMarked
package io.peerwerk.storage.internal.manifest;

import org.jspecify.annotations.NullMarked;
