// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import java.io.IOException;

/** Something was not given, since a scope would have gone over its limit; says which scope and what. */
public final class LimitException extends IOException {

    private static final long serialVersionUID = 1L;

    LimitException(String why) {
        super(why);
    }
}
