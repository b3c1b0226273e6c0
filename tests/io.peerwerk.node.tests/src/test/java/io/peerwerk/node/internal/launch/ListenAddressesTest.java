// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeSettings;
import io.peerwerk.node.internal.Fakes;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
    @Test
    void aTakenPortIsNamedWithItsReason() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr address = Multiaddr.of("/ip4/127.0.0.1/tcp/" + taken.getLocalPort());
            String message = assertThrows(IOException.class,
                    () -> ListenAddresses.usable(List.of(address))).getMessage();
            assertTrue(message.startsWith("cannot listen on " + address + ": "), message);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        Multiaddr address = Multiaddr.of("/ip4/192.0.2.7/tcp/0");
        assertTrue(assertThrows(IOException.class, () -> ListenAddresses.usable(List.of(address))).getMessage()
                .contains(address.toString()));
    }

    @Test
    void freePortsAndOtherTransportsAreLeftAsTheyAre() throws IOException {
        List<Multiaddr> wanted = Fakes.addresses("/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/quic-v1");
        assertEquals(wanted, ListenAddresses.usable(wanted));
    }

    @Test
    void aTakenPortOfUdpIsNamedAsWell() throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Multiaddr address = Multiaddr.of("/ip4/127.0.0.1/udp/" + taken.getLocalPort() + "/quic-v1");
            assertTrue(assertThrows(IOException.class, () -> ListenAddresses.usable(List.of(address))).getMessage()
                    .startsWith("cannot listen on " + address + ": "));
        }
    }

    @Test
    void thePortOfARelayIsNotTakenForOurs() throws IOException {
        try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Multiaddr> wanted = Fakes.addresses("/ip4/127.0.0.1/tcp/" + relay.getLocalPort()
                    + "/p2p/12D3KooWRRSABwChDmZVRAqSP7CBuhJoCnJpS4bnrbmGGyp9boFa/p2p-circuit");
            assertEquals(wanted, ListenAddresses.usable(wanted));
        }
    }

    @Test
    void theDefaultsWorkOnAnyMachine() throws IOException {
        assertTrue(ListenAddresses.usable(NodeSettings.DEFAULT_LISTEN).contains(Multiaddr.of("/ip4/0.0.0.0/tcp/0")));
    }
}
