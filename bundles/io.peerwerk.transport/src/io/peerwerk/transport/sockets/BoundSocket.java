// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Listener;

/**
 * A listening socket.
 *
 * @param address the address it is bound to, with what is spoken over it
 */
public record BoundSocket(Channel channel, Multiaddr address) implements Listener {

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(TcpSockets.CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
