// SPDX-License-Identifier: EPL-2.0
/**
 * The block store: an append-only log cut into segments, and an index in memory.
 *
 * <pre>
 *   blocks-0000000001.log   +--------+--------+--------+-- ... --+
 *                           | header | record | record |         |   sealed: only read, compacted, deleted
 *                           +--------+--------+--------+-- ... --+
 *   blocks-0000000002.log   | header | record | re                   head: the one that is appended to
 *
 *   header   magic "PWBLOCKS" | version u32 | crc32c u32 | marker, 8 random bytes
 *            | distance u16 | length u48: how many bytes of the segment "distance" numbers before count
 *   record   marker, 8 bytes | header crc32c u32 | data length u32 | data crc32c u32 | kind u8 | CID length u8
 *            | CID | data
 * </pre>
 *
 * <p>A record puts a block or, as a tombstone, removes one; the last record of a CID in log order counts. The header
 * checksum covers what follows it up to the data. All numbers are big-endian. The marker is random for each segment, so
 * nobody can store a block that looks like a record to a reader that lost its place.
 *
 * <p><b>Durability.</b> One thread appends. It takes all requests that wait, writes them, calls fsync once, updates the
 * index and only then lets the callers go on: what was acknowledged is on the disk. A segment's file is created, its
 * header and the folder fsynced, before a record goes into it. At opening, the sealed segments' record headers are
 * read; the newest segment is read and checked whole, and what is torn at its end is cut off. What is left is written
 * over itself and fsynced before it is believed: a process that was killed, or had a failed fsync, leaves bytes that are
 * in memory alone. A damaged record in the middle is reported and skipped; in the newest segment its marker is wiped, so
 * that it never counts for more than an older, whole copy. Whatever a record's checksum says, a block is served only if its hash is the one in
 * its CID.
 *
 * <p><b>Space.</b> Used are all bytes of all segments. A sealed segment of which less than half is alive is compacted:
 * its live records are appended to the head and fsynced, then the file is deleted. A crash in between leaves records
 * twice, which is harmless. A tombstone is kept while an older segment exists that may hold the block; never copied
 * when the block was put again. When an append fails, the head is durably cut back to its last good length. After a
 * failed fsync nobody knows what the disk holds, so that file is never appended to again; where it cannot even be cut
 * back, the next segment's header says how much of it counts, and until that is on the disk nothing is answered from the
 * index alone. A sector that cannot be read costs what lies in it: its segment is not compacted, the others are.
 *
 * <p>No clock is read: nothing here depends on the time of day.
 */
@NullMarked
package io.peerwerk.storage.internal.blocks;

import org.jspecify.annotations.NullMarked;
