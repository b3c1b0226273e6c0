// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.util.List;

import io.peerwerk.discovery.internal.mdns.Link;

/** No local network at all: for a user who does not want to be seen there. */
final class NoNetwork implements Network {

    @Override
    public List<Link> links() {
        return List.of();
    }

    @Override
    public void join(Link link, Receiver receiver) {
        // there are none
    }

    @Override
    public void leave(Link link) {
        // there are none
    }

    @Override
    public void send(Link link, byte[] message) {
        // there are none
    }

    @Override
    public void close() {
        // nothing is open
    }
}
