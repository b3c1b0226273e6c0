// SPDX-License-Identifier: EPL-2.0
/**
 * Blocks in one file of H2's MVStore, for whoever prefers a store that is known elsewhere, or finds its blocks again with
 * other tools. The log of {@code io.peerwerk.storage} writes less and opens a large store as fast.
 *
 * <pre>
 *   blocks.mv.db    map "names"   number of a block -> its CID     small pages, all read at opening
 *                   map "data"    number of a block -> its bytes   read when asked for
 * </pre>
 *
 * <p>Numbers are even and only grow, so that a put touches the last page of each map. Behind a large block stands an empty
 * value with the odd number, which keeps that page small. Both maps change in one commit.
 *
 * <p><b>Durability.</b> MVStore's own commits in the background are switched off. One thread changes the maps: it takes
 * all requests that wait, commits once, calls fsync once, and only then lets the callers go on. At opening the file is
 * synced before anything in it is believed, as a process that was killed may have left what is in memory alone. A commit
 * that fails, as on a full disk, has the store opened again from the file; after a failed fsync nobody knows what the
 * disk holds, and the store stays closed until its module is started again. Space of dead chunks is used again at once:
 * between two commits there is always an fsync, so that no crash needs an older version, whatever the clock says.
 *
 * <p>Blocks are read on threads that nobody interrupts: an interrupt in the middle of a read would close the file.
 */
@NullMarked
package io.peerwerk.storage.mvstore.internal;

import org.jspecify.annotations.NullMarked;
