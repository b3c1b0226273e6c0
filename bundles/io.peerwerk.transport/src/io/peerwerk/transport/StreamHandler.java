// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;

/** Serves incoming streams of one protocol in plain blocking style. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Serves one stream, on a virtual thread of its own. Returning closes the stream, throwing resets it. The call is
     * interrupted when the host closes.
     */
    void handle(Stream stream) throws IOException;
}
