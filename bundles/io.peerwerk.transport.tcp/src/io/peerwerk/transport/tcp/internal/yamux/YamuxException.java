// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import io.peerwerk.core.wire.FormatException;

/** The peer has broken the protocol: the session must end, with a code that tells the peer so. */
public final class YamuxException extends FormatException {

    private static final long serialVersionUID = 1L;

    private YamuxException(String why) {
        super(why);
    }

    static YamuxException protocol(String why) {
        return new YamuxException(why);
    }
}
