// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Bytes through one plain TCP connection over loopback: what no transport on top of it can beat. */
public final class PlainSockets implements Meter.Work {

    private static final int BUFFER = 1 << 16;

    @Override
    public void move(long bytes) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket receiver = server.accept()) {
            var sent = CompletableFuture.runAsync(() -> send(sender, bytes), task -> Thread.ofPlatform().start(task));
            InputStream in = receiver.getInputStream();
            byte[] buffer = new byte[BUFFER];
            for (long left = bytes; left > 0;) {
                int count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("loopback ended early");
                }
                left -= count;
            }
            sent.join();
        }
    }

    private static void send(Socket sender, long bytes) {
        try {
            OutputStream out = sender.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (long left = bytes; left > 0; left -= BUFFER) {
                out.write(buffer, 0, (int) Math.min(left, BUFFER));
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
