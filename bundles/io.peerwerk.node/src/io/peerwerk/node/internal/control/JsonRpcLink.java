// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.function.Function;

import org.eclipse.lsp4j.jsonrpc.JsonRpcException;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;

/**
 * JSON-RPC between two objects over one socket: calls of the remote interface go out, incoming ones reach the local
 * object.
 *
 * @param <R> the remote side's interface
 */
final class JsonRpcLink<R> implements AutoCloseable {
    private final SocketChannel channel;
    private final MessageWriter writer;
    private final MessageReader reader;
    private final RemoteEndpoint endpoint;
    private final R remote;

    JsonRpcLink(SocketChannel channel, Object local, Class<R> remoteType, Function<Throwable, ResponseError> failures) {
        this.channel = channel;
        var methods = new LinkedHashMap<String, JsonRpcMethod>(ServiceEndpoints.getSupportedMethods(local.getClass()));
        methods.putAll(ServiceEndpoints.getSupportedMethods(remoteType));
        var json = new MessageJsonHandler(methods);
        this.writer = new MessageWriter(Channels.newOutputStream(channel), json);
        this.endpoint = new RemoteEndpoint(writer, ServiceEndpoints.toEndpoint(local), failures);
        json.setMethodProvider(endpoint);
        this.reader = new MessageReader(new BufferedInputStream(Channels.newInputStream(channel)), json, endpoint);
        this.remote = ServiceEndpoints.toServiceObject(endpoint, remoteType);
    }

    R remote() {
        return remote;
    }

    /** Whether a message that may be lost can be sent without waiting. */
    boolean isIdle() {
        return channel.isOpen() && writer.isIdle();
    }

    /** Reads and delivers messages until the other side goes. */
    void run() throws IOException {
        try {
            reader.listen(endpoint);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JsonRpcException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
