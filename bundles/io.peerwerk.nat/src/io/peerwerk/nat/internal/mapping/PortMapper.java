// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.time.Duration;

/** One gateway and the way it is asked. Methods block, for a few seconds at most, and are called by one thread. */
interface PortMapper extends AutoCloseable {

    /** The protocol's name for people. */
    String name();

    /**
     * Asks for a port, or for more time.
     *
     * @param external the wanted port on the outside; the gateway may give another
     * @throws IOException if the gateway does not answer or refuses, with the reason
     */
    Grant map(Port port, int external, Duration lifetime) throws IOException;

    /** Gives a port back. */
    void unmap(Port port, int external) throws IOException;

    @Override
    void close();
}
