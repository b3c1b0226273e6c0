// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.io.IOException;

/** A request that is well-formed and is not granted. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param why one line for the log */
    public RefusedException(String why) {
        super(why);
    }
}
