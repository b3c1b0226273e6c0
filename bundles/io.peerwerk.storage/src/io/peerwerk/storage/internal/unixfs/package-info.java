// SPDX-License-Identifier: EPL-2.0
/**
 * Files and folders as IPFS has them, so that Kubo and Helia read what is put here and the other way round. A file is
 * cut into chunks; a dag-pb node over up to so many of them holds their sizes, a node over nodes those of the files
 * below, until one is left: the root. A folder is a node with a named link for each entry, or, where that would become
 * too large for one block, a trie (HAMT) over the hash of the names.
 *
 * <pre>
 *   data of a dag-pb node, protobuf
 *     1 type: 0 raw, 1 directory, 2 file, 4 symlink, 5 shard of a directory
 *     2 data: bytes of the file, target of the symlink, bit field of the shard (highest byte first, no leading zeros)
 *     3 size of the file, 4* sizes of what the links lead to, 5 hash function, 6 fanout
 *     7 mode, 8 time of modification ( 1 seconds, 2 nanoseconds: fixed32 )
 *
 *   shard with fanout 256, murmur3 of the name 3F A0 ...
 *     link "3F"           another shard, for the entries whose hash starts with 3F; there are at least two
 *     link "3Freadme"     the entry "readme", the only one whose hash starts with 3F
 * </pre>
 *
 * <p>What CID a file gets depends on chunk size, links a node, kind of leaves: a {@link
 * io.peerwerk.storage.internal.unixfs.Profile} names those that are in use. {@link
 * io.peerwerk.storage.internal.unixfs.UnixFsImporter} makes blocks, {@link
 * io.peerwerk.storage.internal.unixfs.UnixFsReader} reads them.
 *
 * <p>Invariants of reading: each block's hash is checked; a part has the size that its parent says, or the file is
 * refused by name; no part of a file is empty, so that work grows with the bytes that come out; depth, links and entries
 * have limits; a name cannot lead out of its folder, and in a trie it lies where its hash says.
 *
 * @see <a href="https://specs.ipfs.tech/unixfs/">UnixFS</a>
 */
@NullMarked
package io.peerwerk.storage.internal.unixfs;

import org.jspecify.annotations.NullMarked;
