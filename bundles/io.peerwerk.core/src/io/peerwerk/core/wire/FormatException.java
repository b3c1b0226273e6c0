// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import java.io.IOException;

/** Bytes or text from outside do not have the form they should. Whoever sent them loses the stream; we go on. */
public class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param why what is wrong, for the log: one line that quotes no more than a little of the input */
    public FormatException(String why) {
        super(why);
    }

    public FormatException(String why, Throwable cause) {
        super(why, cause);
    }
}
