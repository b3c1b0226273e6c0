// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.io.IOException;

/** A scenario cannot be read; the message says where and why, in a line for people. */
public final class ScenarioException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param line of the file, from 1; 0 where it is the file as a whole */
    public ScenarioException(String file, int line, String why) {
        super(file + (line == 0 ? "" : ":" + line) + ": " + why);
    }
}
