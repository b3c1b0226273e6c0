// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.nio.file.Path;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Transport;
import org.junit.jupiter.api.io.TempDir;
import org.example.unixsocket.UnixSocketTransport;

/** The contract over a transport that no bundle of ours has: what a third party needs is the interface alone. */
class UnixSocketTransportTest extends TransportContractTest {

    @TempDir
    private Path folder;

    private int sockets;

    @Override
    Transport transport(Identity identity) {
        return new UnixSocketTransport();
    }

    @Override
    Multiaddr freeAddress() {
        return Multiaddr.of("/unix" + folder.resolve("s" + sockets++));
    }

    @Override
    Multiaddr deadAddress() {
        return Multiaddr.of("/unix" + folder.resolve("nobody"));
    }
}
