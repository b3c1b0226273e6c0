// SPDX-License-Identifier: EPL-2.0
/**
 * What every module shares. The values themselves live in three packages below this one:
 * {@link io.peerwerk.core.wire} frames and records as they stand on the wire,
 * {@link io.peerwerk.core.multiformats} self-describing hashes, content ids and addresses, and
 * {@link io.peerwerk.core.identity} the keys that peers sign with and are known by.
 *
 * <p>Three rules hold in all of them. Values are immutable and thread-safe, with value equality. Bytes are read in one
 * spelling only, the one that the value writes of itself, so that equal bytes and equal values are the same thing.
 * Malformed input is a {@link io.peerwerk.core.wire.FormatException}, checked before memory is taken; a wrong argument
 * from our own code is an {@link java.lang.IllegalArgumentException}.
 *
 * <p>Time and chance are handed to whoever needs them as {@link java.time.InstantSource} and
 * {@link java.util.random.RandomGenerator}, so that a run can be played again.
 */
@NullMarked
package io.peerwerk.core;

import org.jspecify.annotations.NullMarked;
