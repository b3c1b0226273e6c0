// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;

/** A peer cannot be dialled from a port that is listened on; from another port it may work. */
final class SharedPortException extends IOException {

    private static final long serialVersionUID = 1L;

    SharedPortException(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Whether a failure is about the port here and not about the peer: the port is taken (EADDRINUSE), the pair of
     * addresses is in use or still fades away (EADDRNOTAVAIL), or the system does not let ports be shared.
     */
    static boolean is(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException || at instanceof UnsupportedOperationException) {
                return true;
            }
            if (at instanceof NoRouteToHostException) {
                return String.valueOf(at.getMessage()).contains("assign requested address");
            }
            if (at.getMessage() != null && (at.getMessage().contains("Address already in use")
                    || at.getMessage().contains("assign requested address"))) {
                return true;
            }
        }
        return false;
    }
}
