// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;

/** Takes the one request that makes a WebSocket of an accepted connection; any other one is refused and ends it. */
final class ServerUpgrade extends ChannelInboundHandlerAdapter {

    /** Bytes of the request line and of all headers: browsers send cookies, libp2p peers a few hundred bytes. */
    static final int MAX_LINE = 4096;
    static final int MAX_HEADERS = 8192;

    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(FrameHandler.MAX_FRAME).expectMaskedFrames(true).allowMaskMismatch(false)
            .allowExtensions(false).closeOnProtocolViolation(true).withUTF8Validator(false).build();

    private final FrameHandler frames;
    private boolean asked;

    private ServerUpgrade(FrameHandler frames) {
        this.frames = frames;
    }

    /** Puts all that an accepted connection needs at the end of its pipeline. */
    static void install(ChannelPipeline pipeline, FrameHandler frames) {
        HttpDecoderConfig limits = new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS).setChunkedSupported(false);
        pipeline.addLast(new HttpServerCodec(limits), new ServerUpgrade(frames), frames);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!asked && message instanceof HttpRequest request) {
                asked = true;
                answer(ctx, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
        } else if (!request.method().equals(HttpMethod.GET) || hasBody(request)) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
        } else if (!asksForWebSocket(request)) {
            refuse(ctx, HttpResponseStatus.UPGRADE_REQUIRED);
        } else {
            upgrade(ctx, request);
        }
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        // Whole as it is, for it has no body: else Netty waits for the rest in a handler of its own.
        var whole = new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(),
                Unpooled.EMPTY_BUFFER, request.headers(), EmptyHttpHeaders.INSTANCE);
        try {
            new WebSocketServerHandshaker13("", null, FRAMES).handshake(ctx.channel(), whole).addListener(done -> {
                if (done.isSuccess()) {
                    ctx.pipeline().remove(this);
                    frames.readBefore();
                    frames.opened();
                } else {
                    ctx.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST); // Netty is stricter about some header than we are
        }
    }

    private static boolean hasBody(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                        && !"0".equals(request.headers().get(HttpHeaderNames.CONTENT_LENGTH));
    }

    private static boolean asksForWebSocket(HttpRequest request) {
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return key != null && key.length() <= 64
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                && "13".equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            answer.headers().set(HttpHeaderNames.UPGRADE, "websocket").set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
