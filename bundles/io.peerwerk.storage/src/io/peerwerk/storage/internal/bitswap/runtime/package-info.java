// SPDX-License-Identifier: EPL-2.0
/**
 * Bitswap on a host: {@link io.peerwerk.storage.internal.bitswap.runtime.Bitswap} is what the rest of the bundle calls.
 *
 * <pre>
 *   stream in ──▶ reader: frame, message, hashes ──▶ ┌──────────────────┐ ──▶ wants  ┐
 *                 (pauses for one that says much)    │ session, server, │            ├▶ link ──▶ stream out
 *   connections come and go ────────────────────────▶│ one lock         │ ──▶ a turn ┘   (one thread while busy)
 *   fetch: waits for its blocks ◀────────────────────└──────────────────┘
 * </pre>
 *
 * <p>A link reads the blocks of a turn from the store one by one as it writes them, and gets the next turn when the
 * stream has taken them all: a peer that does not read holds up about a MiB, for as long as its link has patience.
 */
@NullMarked
package io.peerwerk.storage.internal.bitswap.runtime;

import org.jspecify.annotations.NullMarked;
