// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** Asks a server to make a WebSocket of a connection, and waits for its answer. */
final class ClientUpgrade extends ChannelInboundHandlerAdapter {

    static final int MAX_LINE = 4096;
    static final int MAX_HEADERS = 8192;
    private static final int MAX_CHUNK = 8192;

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final WebSocketClientHandshaker13 handshaker;
    private final FrameHandler frames;
    private final boolean tls;

    private ClientUpgrade(URI uri, boolean tls, FrameHandler frames) {
        this.handshaker = new WebSocketClientHandshaker13(uri, WebSocketVersion.V13, null, false,
                new DefaultHttpHeaders(), FrameHandler.MAX_FRAME, true, false);
        this.tls = tls;
        this.frames = frames;
    }

    /**
     * Puts all that a connection to a server needs at the end of its pipeline, before it is connected.
     *
     * @param tls whether TLS runs below, for whose handshake the request waits
     * @return completes on the event loop when frames can travel, or with an {@link IOException}
     */
    static CompletableFuture<Void> install(ChannelPipeline pipeline, URI uri, boolean tls, FrameHandler frames) {
        var upgrade = new ClientUpgrade(uri, tls, frames);
        pipeline.addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK, true), upgrade, frames);
        return upgrade.done;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!tls) {
            ask(ctx);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (tls && event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ask(ctx);
            } else {
                fail(ctx, handshake.cause());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void ask(ChannelHandlerContext ctx) {
        handshaker.handshake(ctx.channel()).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(ctx, sent.cause());
            }
        });
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!done.isDone() && message instanceof HttpObject) {
                if (message instanceof HttpResponse response) {
                    finish(ctx, response);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void finish(ChannelHandlerContext ctx, HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(ctx, new IOException("no web server is there"));
            return;
        }
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            fail(ctx, new IOException("the web server takes no WebSocket: " + response.status()));
            return;
        }
        FullHttpResponse whole = new DefaultFullHttpResponse(response.protocolVersion(), response.status());
        whole.headers().set(response.headers());
        try {
            handshaker.finishHandshake(ctx.channel(), whole);
        } catch (WebSocketHandshakeException | IllegalStateException e) {
            fail(ctx, e);
            return;
        } finally {
            whole.release();
        }
        frames.opened();
        done.complete(null);
        ctx.pipeline().remove(this);
    }

    /** The answer has not come yet: more is to be read, though nobody else reads. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!done.isDone()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.completeExceptionally(new IOException("the peer hung up"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        done.completeExceptionally(cause instanceof IOException ? cause : new IOException(cause.getMessage(), cause));
        ctx.close();
    }
}
