// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import java.io.IOException;

/** The rules do not let a link, a peer or a dial pass; says which. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
        super(why);
    }
}
