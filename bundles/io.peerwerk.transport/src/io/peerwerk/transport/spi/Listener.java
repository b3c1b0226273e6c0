// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;

/** An address that is being listened on; closing it ends that and leaves accepted links alone. */
public interface Listener extends Registration {

    /** The address that was bound, with its real port; a wildcard address stays one. */
    Multiaddr address();

    /** Whether it still listens. False after the transport has gone. */
    boolean isOpen();
}
