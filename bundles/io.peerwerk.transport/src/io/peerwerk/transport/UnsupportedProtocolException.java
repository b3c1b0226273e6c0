// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;

/** The peer does not speak the protocol that a stream was opened for. */
public class UnsupportedProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param protocol the protocol's name */
    public UnsupportedProtocolException(String protocol) {
        super("the peer does not speak " + protocol);
    }
}
