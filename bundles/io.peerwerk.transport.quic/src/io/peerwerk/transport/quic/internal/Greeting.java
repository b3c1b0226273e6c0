// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.peerwerk.core.identity.PublicKey;

/**
 * Sits on a connection from its first packet: says when the handshake has shown who is there, or why it failed, and
 * keeps what was heard before the switch has put its handlers in place. Used on the event loop.
 */
final class Greeting extends ChannelInboundHandlerAdapter {

    private final ShownKeys keys;
    private final BiConsumer<@Nullable PublicKey, @Nullable IOException> done;
    private @Nullable QuicChannel channel;
    private @Nullable String why;
    private boolean told;
    private volatile int datagramSize;

    /** @param done hears of the outcome, once: a key or a failure */
    Greeting(ShownKeys keys, BiConsumer<@Nullable PublicKey, @Nullable IOException> done) {
        this.keys = keys;
        this.done = done;
    }

    /** Bytes of a datagram of RFC 9221 that the peer takes; 0 if it wants none. */
    int datagramSize() {
        return datagramSize;
    }

    /** Why the connection ended, as far as the peer has said. */
    Optional<String> why() {
        return Optional.ofNullable(why);
    }

    /** Ends the wait for a handshake. */
    void fail(Throwable cause) {
        SSLEngine own = engine();
        String refused = own == null ? null : keys.refusal(own).orElse(null);
        String reason = refused != null ? refused : why != null ? why : cause.getMessage();
        tell(null, new IOException(reason != null ? reason : cause.toString(), cause));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = (QuicChannel) ctx.channel();
    }

    /** Null before the first packet. */
    private @Nullable SSLEngine engine() {
        QuicChannel own = channel;
        return own == null ? null : own.sslEngine();
    }

    private void tell(@Nullable PublicKey key, @Nullable IOException failure) {
        if (!told) {
            told = true;
            done.accept(key, failure);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        SSLEngine shown = engine();
        Optional<PublicKey> key = shown == null ? Optional.empty() : keys.key(shown);
        if (shown == null || !QuicLimits.ALPN.equals(shown.getApplicationProtocol())) {
            refuse(ctx, "the peer speaks another protocol than libp2p");
        } else if (key.isEmpty()) {
            refuse(ctx, "the peer has shown no certificate");
        } else {
            tell(key.get(), null);
        }
        ctx.fireChannelActive();
    }

    private void refuse(ChannelHandlerContext ctx, String reason) {
        why = reason;
        ctx.close();
        tell(null, new IOException(reason));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof QuicDatagramExtensionEvent offered) {
            datagramSize = offered.maxLength();
        } else if (event instanceof QuicConnectionCloseEvent closed) {
            why = reason(closed);
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    /** The text that a peer may add is left out: it may say anything. */
    private static String reason(QuicConnectionCloseEvent closed) {
        if (closed.isApplicationClose() && closed.error() == 0) {
            return "the peer said goodbye";
        }
        return closed.isTlsError() ? "the peer refused the handshake, TLS alert "
                + QuicConnectionCloseEvent.extractTlsError(closed.error())
                : "the peer closed the connection with error " + closed.error();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (why == null) {
            why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
        if (told) {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new ClosedChannelException());
        ctx.fireChannelInactive();
    }
}
