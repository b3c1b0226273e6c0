// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.peerwerk.transport.spi.Link;

/**
 * Notices that nobody listens at an address. A machine says so when it gets a datagram for a closed port, but the
 * system passes that on only to a socket with a single peer, which the one that serves many connections is not. So
 * another, connected socket sends a byte that no server answers beside the packets of a dial.
 *
 * <p>Address translators say the same for a port that they have opened to others only. A hole may be punched for the
 * dial and not for the probe; therefore a refusal from another machine is asked for, and believed, only when a dial
 * takes longer than one that comes through would.
 */
final class PortProbe {

    private static final long PATIENCE_MILLIS = 3000;

    /** How long the probes wait, each for the refusal of the datagram before. */
    private static final int[] WAITS_MILLIS = {50, 100, 200, 400, 800};

    private PortProbe() {
    }

    /** Fails a dial when the address is known to be dead; ends when the dial does, or soon after. */
    static void watch(InetSocketAddress target, CompletableFuture<Link> dial) {
        Thread.ofVirtual().name("probe").start(() -> {
            try {
                if (isHere(target.getAddress()) || isStillUnderWay(dial)) {
                    probe(target, dial);
                }
            } catch (PortUnreachableException e) {
                dial.completeExceptionally(new ConnectException("connection refused"));
            } catch (IOException e) {
                // then the dial itself finds out
            }
        });
    }

    private static boolean isHere(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private static boolean isStillUnderWay(CompletableFuture<Link> dial) {
        var over = new CompletableFuture<Void>();
        dial.whenComplete((link, failure) -> over.complete(null));
        try {
            over.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
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
