// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;

/** How a request went. */
public enum Status {

    OK(0),
    INVALID_NAMESPACE(100),
    INVALID_SIGNED_PEER_RECORD(101),
    INVALID_TTL(102),
    INVALID_COOKIE(103),
    NOT_AUTHORIZED(200),
    INTERNAL_ERROR(300),
    UNAVAILABLE(400);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    int code() {
        return code;
    }

    static Status of(long code) throws FormatException {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst()
                .orElseThrow(() -> new FormatException("an unknown status"));
    }
}
