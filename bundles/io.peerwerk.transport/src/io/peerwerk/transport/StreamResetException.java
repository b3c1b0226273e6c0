// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;

/** The stream is gone before its end: one of the peers reset it, or the connection under it was lost. */
public class StreamResetException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param why what happened, in words for people */
    public StreamResetException(String why) {
        super(why);
    }
}
