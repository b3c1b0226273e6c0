// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.wire.FormatException;

/**
 * Asks a gateway by datagrams, again and again with longer waits until it answers. The socket is connected, so that
 * nothing from anybody else comes in; what comes and is not the answer is passed over.
 */
final class GatewaySocket implements AutoCloseable {

    /** Finds the answer among what comes in. */
    @FunctionalInterface
    interface Answer<T> {

        /** The answer; empty if the datagram is not the one that is waited for. */
        Optional<T> from(byte[] datagram) throws FormatException;
    }

    /** The first wait; each one after it is twice as long (RFC 6886, 3.1; RFC 6887 would wait longer). */
    private static final long FIRST_WAIT_MILLIS = 250;

    private final DatagramSocket socket;
    private final int tries;

    /** @param tries how often a question is sent at most; four take about four seconds */
    GatewaySocket(InetSocketAddress gateway, int tries) throws IOException {
        this.tries = tries;
        this.socket = new DatagramSocket();
        try {
            socket.connect(gateway);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The address of this machine on the gateway's network. */
    InetAddress local() {
        return socket.getLocalAddress();
    }

    /** Asks and waits. */
    <T> T ask(byte[] question, Answer<T> answer) throws IOException {
        long wait = FIRST_WAIT_MILLIS;
        for (int i = 0; i < tries; i++) {
            socket.send(new DatagramPacket(question, question.length));
            Optional<T> found = await(answer, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait));
            if (found.isPresent()) {
                return found.get();
            }
            wait *= 2;
        }
        throw new SocketTimeoutException("no answer");
    }

    private <T> Optional<T> await(Answer<T> answer, long deadline) throws IOException {
        byte[] buffer = new byte[Pcp.MAX_LENGTH + 1];
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            Optional<T> found = tried(answer, Arrays.copyOf(buffer, packet.getLength()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> tried(Answer<T> answer, byte[] datagram) {
        try {
            return answer.from(datagram);
        } catch (FormatException e) {
            return Optional.empty();
        }
    }


    @Override
    public void close() {
        socket.close();
    }
}
