// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** A process that listens on one address, knocks at another, and says whom it met and what it heard there. */
final class Knocker {

    private Knocker() {
    }

    public static void main(String[] arguments) throws Exception {
        Multiaddr own = Multiaddr.of(arguments[0]);
        try (var tcp = new TcpTransport()) {
            tcp.listen(own, link -> System.out.println("came to the listener"));
            Link link = tcp.knock(Multiaddr.of(arguments[1]), List.of(own)).get(30, TimeUnit.SECONDS);
            var heard = new CompletableFuture<String>();
            link.channel().pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf data) {
                    heard.complete(data.toString(StandardCharsets.US_ASCII));
                }
            });
            link.channel().config().setAutoRead(true);
            link.channel().writeAndFlush(Unpooled.copiedBuffer(arguments[0], StandardCharsets.US_ASCII)).sync();
            System.out.println("met " + link.localAddress() + " " + link.remoteAddress() + " heard "
                    + heard.get(30, TimeUnit.SECONDS));
            System.in.read();
        }
    }
}
