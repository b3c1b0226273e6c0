// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.spi.Secured;

/** Behind the handler that does TLS: says how the handshake went, and ends the link when TLS does. */
final class TlsEnd extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TlsEnd.class);

    /**
     * Bytes waiting for the socket at most, beyond the mark at which the muxer stops. Only answers of the engine itself
     * get there: those to key updates that a peer sends without end and whose answers it does not read.
     */
    private static final long MAX_WAITING = 2 * 1024 * 1024;

    /** What Netty says waits in a channel that is being closed already. */
    private static final long CLOSING = Long.MAX_VALUE;

    private final CompletableFuture<Secured> secured = new CompletableFuture<>();
    private final SSLEngine engine;
    private final ExpectedPeer trust;
    private final List<String> muxers;

    /** @param muxers those that a handshake can agree on */
    TlsEnd(SSLEngine engine, ExpectedPeer trust, List<String> muxers) {
        this.engine = engine;
        this.trust = trust;
        this.muxers = muxers;
    }

    /** Completes when the handshake is over, on the event loop, before any cleartext is passed on. */
    CompletionStage<Secured> secured() {
        return secured;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done when done.isSuccess() -> succeeded();
            case SslHandshakeCompletionEvent failed -> secured.completeExceptionally(reason(failed.cause()));
            case SslCloseCompletionEvent end -> ctx.close(); // nothing more can come, and no muxer lives by half a link
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void succeeded() {
        PublicKey key = trust.key();
        String agreed = engine.getApplicationProtocol();
        if (key == null) {
            secured.completeExceptionally(new IOException("the peer has not shown who it is"));
        } else if (agreed == null || agreed.isEmpty() || agreed.equals(TlsChannel.NO_MUXER)) {
            secured.complete(new Secured(key.toPeerId(), key, Optional.empty()));
        } else if (muxers.contains(agreed)) {
            secured.complete(new Secured(key.toPeerId(), key, Optional.of(agreed)));
        } else {
            secured.completeExceptionally(new IOException("the peer wants a muxer that it was not offered"));
        }
    }

    private IOException reason(Throwable failure) {
        IOException refused = trust.refused();
        if (refused != null) {
            return refused;
        }
        return switch (failure) {
            case ClosedChannelException gone -> new EOFException("the peer hung up during the handshake");
            case SSLException wrong -> new FormatException(wrong.getMessage());
            case IOException e -> e;
            default -> new IOException(failure.toString(), failure);
        };
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long waiting = ctx.channel().bytesBeforeWritable();
        if (waiting > MAX_WAITING && waiting != CLOSING) {
            LOG.info("closing the link to {}: it asks more than it listens", ctx.channel().remoteAddress());
            ctx.channel().unsafe().closeForcibly();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable why = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (!(why instanceof IOException)) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        if (secured.isDone() && !secured.isCompletedExceptionally()) {
            LOG.info("closing the link to {}: {}", ctx.channel().remoteAddress(), why.getMessage());
        } else {
            secured.completeExceptionally(reason(why));
        }
        ctx.close();
    }
}
