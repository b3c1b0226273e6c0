// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery;

import java.io.IOException;

/** A rendezvous point has answered, and refuses. */
public final class RendezvousException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param why in words for people */
    public RendezvousException(String why) {
        super(why);
    }
}
