// SPDX-License-Identifier: EPL-2.0
/**
 * Bytes as they stand on the wire: length-prefixed frames, and protobuf records read and written field by field.
 *
 * <pre>
 *   frame    +----------------+---------------------+
 *            | length: varint | message             |    length counts the message only
 *            +----------------+---------------------+
 *   record   +-------------+-------------------+-- ...   one entry a field, in any order, unknown ones skipped
 *            | tag: varint | value             |         tag = field number * 8 + kind of the value
 *            +-------------+-------------------+-- ...
 * </pre>
 *
 * <p>Every read names the most it is willing to take, because the length in front of a value is a claim of the peer.
 * There are no generated message classes: a protocol's record reads itself in a {@code switch} on field numbers, which
 * keeps each limit beside the field that it is for.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers: encoding</a>
 */
@NullMarked
package io.peerwerk.core.wire;

import org.jspecify.annotations.NullMarked;
