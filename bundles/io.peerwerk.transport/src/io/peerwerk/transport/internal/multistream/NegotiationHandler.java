// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.peerwerk.core.wire.FormatException;

/**
 * Runs a negotiation in a channel's pipeline. When both ends agree it completes its stage, on the event loop, and
 * leaves the pipeline; bytes that came after the last line go to the handlers that dependents of the stage have added.
 */
public final class NegotiationHandler extends ByteToMessageDecoder {

    private interface Machine {
        Step receive(String line) throws FormatException;
    }

    private final CompletableFuture<String> agreed = new CompletableFuture<>();
    private final Machine machine;
    private final byte @Nullable [] opening;

    private NegotiationHandler(Machine machine, byte @Nullable [] opening) {
        this.machine = machine;
        this.opening = opening;
    }

    /** The end that has dialled. */
    public static NegotiationHandler proposing(List<String> protocols) {
        var proposer = new Proposer(protocols);
        return new NegotiationHandler(proposer::receive, proposer.start());
    }

    /** The end that was dialled. */
    public static NegotiationHandler responding(Predicate<String> speaks) {
        return new NegotiationHandler(new Responder(speaks)::receive, null);
    }

    /** Completes with the protocol, or exceptionally with an {@link IOException}; on the event loop. */
    public CompletionStage<String> agreed() {
        return agreed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (opening != null) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(opening));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws FormatException {
        if (agreed.isDone()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ByteBuffer bytes = in.nioBuffer();
        String line = Line.read(bytes);
        if (line == null) {
            return;
        }
        in.skipBytes(bytes.position());
        switch (machine.receive(line)) {
            case Step.Wait wait -> {
            }
            case Step.Send(byte[] lines) -> ctx.writeAndFlush(Unpooled.wrappedBuffer(lines));
            case Step.Agreed(String protocol, byte[] lines) -> {
                if (lines.length > 0) {
                    ctx.writeAndFlush(Unpooled.wrappedBuffer(lines));
                }
                agreed.complete(protocol);
                ctx.pipeline().remove(this);
            }
            case Step.NothingInCommon none ->
                fail(ctx, new IOException("the peer speaks none of the offered protocols"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        agreed.completeExceptionally(new EOFException("the peer hung up during the negotiation"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        agreed.completeExceptionally(cause);
        ctx.close();
    }
}
