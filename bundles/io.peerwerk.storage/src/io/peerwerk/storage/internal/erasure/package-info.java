// SPDX-License-Identifier: EPL-2.0
/**
 * Reed-Solomon over GF(2<sup>8</sup>): any {@code k} of {@code n} shards bring the data back.
 *
 * <p>The code is systematic: shards 0 to k-1 are the data itself, cut into k equal pieces; shard {@code k+i} is the sum
 * of all pieces, each multiplied by an element of row {@code i} of a Cauchy matrix, {@code 1 / ((k+i) xor j)}. Every
 * square part of a Cauchy matrix can be inverted, so any k rows of (identity over Cauchy) can, and that is all that is
 * needed for "any k of n". The field's polynomial is x^8 + x^4 + x^3 + x^2 + 1 (0x11D).
 *
 * <p>Both encoding and decoding are one operation, a small matrix times k long rows of bytes ({@link
 * io.peerwerk.storage.internal.erasure.MatrixProduct}), which is where the time goes. There are two ways, which give the
 * same bytes; the second is taken once {@link io.peerwerk.storage.internal.erasure.VectorRace} has seen it win.
 * <pre>
 *   TableProduct   one source byte b of row j  --table[j]-->  8 output bytes packed in a long (8 multiplications by one
 *                  look-up); the longs of all rows j are added up (xor) for each position of a strip that fits the first
 *                  cache; 8 longs of 8 positions are an 8 x 8 square of bytes: turned over, each output gets its 8 bytes
 *                  in one write
 *   VectorProduct  16 or 64 source bytes of row j in a register; each half of a byte is looked up in 16 products by one
 *                  shuffle, for four outputs, whose sums stay in registers over all rows j
 * </pre>
 *
 * <p>Everything here is arithmetic on arrays that are handed in: no I/O, no thread, no clock, but for the race that decides
 * between the two.
 */
@NullMarked
package io.peerwerk.storage.internal.erasure;

import org.jspecify.annotations.NullMarked;
