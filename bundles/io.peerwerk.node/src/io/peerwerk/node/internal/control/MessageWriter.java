// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.Message;

/**
 * Writes messages with their length in front. Unlike LSP4J's own it waits under a lock that parks: a client that stops
 * reading must not hold a processor of those that all virtual threads share.
 */
final class MessageWriter implements MessageConsumer {
    private final OutputStream out;
    private final MessageJsonHandler json;
    private final ReentrantLock lock = new ReentrantLock();

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
            out.write(header);
            out.write(body);
            out.flush();
        } catch (IOException e) {
            throw new JsonRpcException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody is writing: a notification that can be missed had better not wait then. */
    boolean busy() {
        return lock.isLocked();
    }
}
