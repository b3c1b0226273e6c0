// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.transport.spi.Link;

/**
 * Notices that nobody listens at an address. A machine says so when it gets a datagram for a closed port, but the
 * system passes that on only to a socket with a single peer, which the one that serves many connections is not. So
 * another, connected socket sends a byte that no server answers beside the first packets of a dial.
 */
final class PortProbe {

    /** How long the probes wait, each for the refusal of the datagram before. */
    private static final int[] WAITS_MILLIS = {50, 100, 200, 400, 800};

    private PortProbe() {
    }

    /** Fails a dial as soon as the address is known to be dead; ends when the dial does, or soon after. */
    static void watch(InetSocketAddress target, CompletableFuture<Link> dial) {
        Thread.ofVirtual().name("probe").start(() -> {
            try {
                probe(target, dial);
            } catch (PortUnreachableException e) {
                dial.completeExceptionally(new ConnectException("connection refused"));
            } catch (IOException e) {
                // then the dial itself finds out
            }
        });
    }

    private static void probe(InetSocketAddress target, CompletableFuture<Link> dial) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(target);
            for (int millis : WAITS_MILLIS) {
                if (dial.isDone()) {
                    return;
                }
                socket.send(new DatagramPacket(new byte[1], 1));
                socket.setSoTimeout(millis);
                try {
                    socket.receive(new DatagramPacket(new byte[1], 1));
                } catch (SocketTimeoutException e) {
                    continue;
                }
            }
        }
    }
}
