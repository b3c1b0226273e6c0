// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What is said on a dial-back stream of AutoNAT version 2: {@code DialBack { fixed64 nonce = 1 }}, answered by
 * {@code DialBackResponse { status = 1: OK 0 }}.
 */
record DialBack(long nonce) {

    /** Bytes of either message at most. */
    static final int MAX_LENGTH = 1024;

    byte[] toBytes() {
        return new ProtoWriter().fixed64(1, nonce).toBytes();
    }

    static DialBack parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        long nonce = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                nonce = in.fixed64();
            }
        }
        return new DialBack(nonce);
    }

    /** The answer: it has come. */
    static byte[] ok() {
        return new ProtoWriter().uint(1, 0).toBytes();
    }
}
