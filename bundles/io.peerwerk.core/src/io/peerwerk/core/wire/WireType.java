// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

/** How a protobuf field's value stands on the wire: the low three bits of its tag. Groups (3 and 4) are refused. */
final class WireType {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    private WireType() {
    }
}
