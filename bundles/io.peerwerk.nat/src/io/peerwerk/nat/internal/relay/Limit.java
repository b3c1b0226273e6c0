// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a relay allows one circuit.
 *
 * @param seconds how long it may live; 0 means without end
 * @param bytes   how many bytes may pass in each direction; 0 means any number
 */
record Limit(long seconds, long bytes) {

    static final Limit NONE = new Limit(0, 0);

    ProtoWriter write() {
        return new ProtoWriter().uint(1, seconds).uint(2, bytes);
    }

    /** Reads the record; a number that does not fit 63 bits is as good as none. */
    static Limit read(ProtoReader in) throws FormatException {
        long seconds = 0;
        long bytes = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> seconds = Math.max(0, in.uint());
                case 2 -> bytes = Math.max(0, in.uint());
                default -> in.skip();
            }
        }
        return new Limit(seconds, bytes);
    }
}
