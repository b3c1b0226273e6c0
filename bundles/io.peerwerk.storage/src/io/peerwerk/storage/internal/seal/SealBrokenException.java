// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.seal;

import java.io.IOException;

/** Sealed bytes do not open: another key, another place, or changed on the way. */
public final class SealBrokenException extends IOException {

    private static final long serialVersionUID = 1;

    SealBrokenException(Throwable cause) {
        super("sealed bytes do not open with this key", cause);
    }
}
