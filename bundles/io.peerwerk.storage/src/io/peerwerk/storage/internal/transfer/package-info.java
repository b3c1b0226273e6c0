// SPDX-License-Identifier: EPL-2.0
/**
 * The way of a file to its holders and back.
 *
 * <pre>
 *   put   read a chunk ─▶ seal, code, hash ─▶ who has it already? ─▶ a lane for each holder ─▶ acknowledged or replaced
 *         caller's thread  one task a processor   HAVE                  virtual threads
 *   get   which peer has which shard? ─▶ k shards a chunk through lanes ─▶ decode, open ─▶ write in order, hash
 *         HAVE, some chunks ahead          hedged, hash checked             worker threads    caller's thread
 * </pre>
 *
 * <p>Both keep a fixed number of chunks in flight, so memory does not grow with the file. A lane gathers what waits for
 * one peer into one request. A peer that fails is left out for the rest of the transfer and another one takes its
 * place; a transfer fails only when nobody is left.
 *
 * <p>A rotation is both at once: what a get opens, a put seals again.
 */
@NullMarked
package io.peerwerk.storage.internal.transfer;

import org.jspecify.annotations.NullMarked;
