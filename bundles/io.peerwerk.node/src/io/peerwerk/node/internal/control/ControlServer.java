// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.peerwerk.node.Node;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the control socket of a home whose lock the caller holds, each connection on a virtual thread of its own. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MAX_CONNECTIONS = 64;

    private final Node node;
    private final Supplier<@Nullable Object> pubsub;
    private final ControlSocket.Bound socket;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private ControlServer(Node node, Supplier<@Nullable Object> pubsub, ControlSocket.Bound socket) {
        this.node = node;
        this.pubsub = pubsub;
        this.socket = socket;
    }

    /** Opens the socket and begins to serve it, without publish and subscribe. */
    public static ControlServer open(Path home, Node node) throws IOException {
        return open(home, node, () -> null);
    }

    /**
     * Opens the socket and begins to serve it.
     *
     * @param pubsub gives the service of that name, or null while it is not there
     */
    public static ControlServer open(Path home, Node node, Supplier<@Nullable Object> pubsub) throws IOException {
        var server = new ControlServer(node, pubsub, ControlSocket.bind(home));
        Thread.ofVirtual().name("control socket").start(server::accept);
        return server;
    }

    private void accept() {
        while (socket.channel().isOpen()) {
            try {
                SocketChannel channel = socket.channel().accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    LOG.warn("more than {} control connections; one is refused", MAX_CONNECTIONS);
                    channel.close();
                } else {
                    connections.add(channel);
                    Thread.ofVirtual().name("control connection").start(() -> serve(channel));
                }
            } catch (AsynchronousCloseException e) {
                LOG.debug("the control socket is closed");
            } catch (IOException e) {
                LOG.warn("the control socket: {}", e.getMessage());
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel; var service = new ControlService(node, pubsub);
                var link = new JsonRpcLink<>(channel, service, ControlEvents.class, ControlService::failure)) {
            service.progressTo(update -> {
                if (link.isIdle()) {
                    link.remote().progress(update);
                }
            });
            service.messagesTo(link.remote());
            link.run();
        } catch (IOException e) {
            LOG.debug("a control connection ended: {}", e.getMessage());
        } finally {
            connections.remove(channel);
        }
    }

    /** Closes the socket and every connection; requests that still run are cancelled. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (SocketChannel channel : connections) {
            channel.close();
        }
    }
}
