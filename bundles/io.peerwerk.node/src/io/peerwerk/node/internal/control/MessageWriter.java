// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages with their length in front. Unlike LSP4J's own it waits under a lock that parks: a client that stops
 * reading must not hold a processor of those that all virtual threads share. Nor does it write on the thread that has
 * something to say: whoever is interrupted in the middle of that, since its call was cancelled, would close the channel
 * to all others.
 */
final class MessageWriter implements MessageConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(MessageWriter.class);

    private final OutputStream out;
    private final MessageJsonHandler json;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean broken;

    MessageWriter(OutputStream out, MessageJsonHandler json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void consume(Message message) {
        byte[] body = json.serialize(message).getBytes(StandardCharsets.UTF_8);
        byte[] header = ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        lock.lock();
        try {
            CompletableFuture.runAsync(() -> write(header, body), Thread::startVirtualThread).join();
        } catch (CompletionException e) {
            broken = true;
            if (message instanceof RequestMessage && e.getCause() instanceof UncheckedIOException lost) {
                throw new JsonRpcException(lost.getCause());
            }
            // Nobody waits for an answer or a notification any more; the reader ends the connection.
            LOG.debug("a caller is gone", e.getCause());
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] header, byte[] body) {
        try {
            out.write(header);
            out.write(body);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a message can be written without waiting for another one, and has somewhere to go. */
    boolean isIdle() {
        return !broken && !lock.isLocked();
    }
}
