// SPDX-License-Identifier: EPL-2.0
/**
 * Public content of one node: files and folders as plain IPFS blocks, in a store of their own.
 *
 * <pre>
 *   add ──▶ importer ──┐                            ┌──▶ store (log or another) ◀── bitswap serves the others
 *   CAR ──▶ reader ────┼──▶ kept blocks ── hold ────┤
 *   get ──▶ search ────┘    (in batches)            └──▶ pins: the roots that stay    providers: who has what
 *                             │
 *                             └──▶ sweep: all that no pin leads to, and no hold holds
 * </pre>
 *
 * <p>A get first brings all blocks here, then writes the file from here: so one that was cut off goes on where it was,
 * and what is refused is refused before anything is written. The blocks of the largest transfer must fit into the limit.
 *
 * <p><b>Sweeping beside transfers.</b> A transfer {@linkplain io.peerwerk.storage.internal.content.Holds holds} the
 * name of a block before it looks for it, reads or writes it, until its end. A sweep marks what the pins lead to, then
 * removes the other blocks in small batches, each but for what is held at that moment, or was held by a transfer that
 * has ended since the sweep began (it may have pinned it). One that wants a block of the batch that is being removed
 * waits until it is gone, and does not find it then. Nobody else waits for a sweep.
 *
 * <p><b>Memory.</b> A block that is held, marked or known to a walk costs about 210 bytes: its CID and its place in a
 * set. A walk goes through {@value io.peerwerk.storage.internal.content.DagFetch#MAX_BLOCKS} blocks at most, each once,
 * whatever leads to it; its stack is no larger than the set of the blocks that it has met.
 *
 * <p><b>Pins</b> are one small file, replaced as a whole. Where it is damaged it is put aside, and nothing is swept until
 * the user has seen to it: blocks that were pinned in the file would else be taken for such that nobody wants.
 */
@NullMarked
package io.peerwerk.storage.internal.content;

import org.jspecify.annotations.NullMarked;
