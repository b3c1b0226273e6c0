// SPDX-License-Identifier: EPL-2.0
/**
 * Content-addressable archives: blocks in a file, with the CIDs of the roots in front.
 *
 * <pre>
 *   version 1   | header length: varint | header, DAG-CBOR {"roots": [CID, ...], "version": 1} | section | section | ...
 *   section     | length of both: varint | CID | bytes of the block |
 *
 *   version 2   | 11 bytes: 0A and {"version": 2} | flags: 16 | data offset: 8 | data size: 8 | index offset: 8 |
 *               | anything | a version 1 archive of that size at that offset | an index | ...
 * </pre>
 *
 * <p>Version 1 is written, both are read; of version 2 the archive inside, in one pass, without its index. Numbers of
 * version 2 have their lowest byte first. Lengths are checked before they cost memory, and a block whose hash is not the
 * one in its CID ends the reading: an archive may come from anyone.
 *
 * @see <a href="https://ipld.io/specs/transport/car/">CAR</a>
 */
@NullMarked
package io.peerwerk.storage.internal.car;

import org.jspecify.annotations.NullMarked;
