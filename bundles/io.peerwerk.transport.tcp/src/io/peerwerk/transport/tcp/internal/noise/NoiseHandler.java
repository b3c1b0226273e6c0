// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.spi.Secured;

/**
 * Noise in a pipeline: the handshake, then ciphertext in front and cleartext behind.
 *
 * <p>Cleartext that is written gathers until it fills a message of the greatest length or is flushed, so that a batch
 * of small frames costs one message. A message that was not sealed by the peer ends the link.
 */
public final class NoiseHandler extends ChannelDuplexHandler {

    /** The longest message (section 3 of the Noise specification). */
    static final int MAX_MESSAGE = 65535;

    /** The cleartext of such a message. */
    static final int MAX_PLAIN = MAX_MESSAGE - CipherState.TAG;

    /** The longest handshake message: keys of 32 bytes, an RSA key and signature of 8192 bits, a list of muxers. */
    static final int MAX_HANDSHAKE = 8 * 1024;

    private static final int LENGTH = 2;
    private static final Logger LOG = LoggerFactory.getLogger(NoiseHandler.class);

    private record Pending(ByteBuf bytes, ChannelPromise promise) {
    }

    private final CompletableFuture<Secured> secured = new CompletableFuture<>();
    private final MessagePool pool;
    private final MessageAssembler assembler;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private int pendingBytes;
    private @Nullable PeerHandshake handshake;
    private @Nullable CipherState sending;
    private @Nullable CipherState receiving;
    private boolean failed;

    /**
     * @param handshake a fresh handshake
     * @param pool      where arrays for messages come from
     */
    public NoiseHandler(PeerHandshake handshake, MessagePool pool) {
        this.handshake = handshake;
        this.pool = pool;
        this.assembler = new MessageAssembler(MAX_HANDSHAKE, pool);
    }

    /** Completes when the handshake is over, on the event loop, before any cleartext is passed on. */
    public CompletionStage<Secured> secured() {
        return secured;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws FormatException {
        PeerHandshake running = handshake;
        if (running != null) {
            sendHandshake(ctx, running.start());
        }
    }

    private static void sendHandshake(ChannelHandlerContext ctx, Optional<byte[]> message) {
        message.ifPresent(m -> ctx.writeAndFlush(
                Unpooled.wrappedBuffer(new byte[] {(byte) (m.length >> 8), (byte) m.length}, m)));
    }

    // ---- in

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (failed) {
                return;
            }
            byte[] whole = assembler.next(in);
            while (whole != null) {
                take(ctx, whole);
                whole = assembler.next(in);
            }
        } catch (FormatException e) {
            fail(ctx, e);
        } finally {
            in.release();
        }
    }

    private void take(ChannelHandlerContext ctx, byte[] message) throws FormatException {
        CipherState opener = receiving;
        if (opener != null) {
            int length = opener.open(message, 0, assembler.length(), message, 0);
            if (length > 0) {
                ctx.fireChannelRead(pool.wrap(message, length));
            }
            return;
        }
        PeerHandshake running = handshake;
        if (running == null) {
            throw new FormatException("a message after the end");
        }
        sendHandshake(ctx, running.receive(message));
        if (running.done()) {
            sending = running.sending();
            receiving = running.receiving();
            handshake = null;
            assembler.limit(MAX_MESSAGE);
            secured.complete(running.result());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        secured.completeExceptionally(new EOFException("the peer hung up during the handshake"));
        ctx.fireChannelInactive();
    }

    /** Of a link that breaks during the handshake nobody behind this handler hears: there is nobody yet. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException why && !secured.isDone()) {
            fail(ctx, why);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void fail(ChannelHandlerContext ctx, IOException why) {
        failed = true;
        if (!secured.completeExceptionally(why)) {
            LOG.info("closing the link to {}: {}", ctx.channel().remoteAddress(), why.getMessage());
        }
        ctx.close();
    }

    // ---- out

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (sending == null) {
            bytes.release();
            promise.tryFailure(new IOException("the link is not secure yet"));
            return;
        }
        pending.add(new Pending(bytes, promise));
        pendingBytes += bytes.readableBytes();
        while (pendingBytes >= MAX_PLAIN) {
            sealNext(ctx);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        while (!pending.isEmpty()) {
            sealNext(ctx);
        }
        ctx.flush();
    }

    /**
     * Makes one message out of what is pending: sealed piece by piece from where it lies into a scratch buffer, then
     * copied for the socket. The cipher wants arrays, the socket memory outside the heap; this is the fewest copies.
     */
    private void sealNext(ChannelHandlerContext ctx) {
        int length = Math.min(pendingBytes, MAX_PLAIN);
        int whole = LENGTH + length + CipherState.TAG;
        ChannelPromise promise;
        ByteBuf scratch = ctx.alloc().heapBuffer(whole, whole);
        ByteBuf out = ctx.alloc().ioBuffer(whole, whole);
        try {
            scratch.writeShort(length + CipherState.TAG);
            sealer().beginSealing();
            promise = seal(ctx, scratch, length);
            out.writeBytes(scratch.array(), scratch.arrayOffset(), whole);
        } finally {
            scratch.release();
        }
        ctx.write(out, promise);
    }

    private CipherState sealer() {
        CipherState sealer = sending;
        if (sealer == null) {
            throw new IllegalStateException("the link is not secure yet");
        }
        return sealer;
    }

    /** Seals pending bytes into the scratch buffer; gives the promise to keep when they have been written. */
    private ChannelPromise seal(ChannelHandlerContext ctx, ByteBuf scratch, int length) {
        ChannelPromise joint = ctx.voidPromise();
        int left = length;
        do {
            Pending first = pending.element();
            int count = Math.min(left, first.bytes().readableBytes());
            left -= count;
            sealPiece(first.bytes(), count, scratch, left == 0);
            if (!first.bytes().isReadable()) {
                pending.remove();
                first.bytes().release();
                joint = join(ctx, joint, first.promise());
            }
        } while (left > 0);
        pendingBytes -= length;
        return joint;
    }

    private void sealPiece(ByteBuf from, int count, ByteBuf scratch, boolean last) {
        int at = scratch.writerIndex();
        byte[] to = scratch.array();
        int toOffset = scratch.arrayOffset() + at;
        byte[] source = to;
        int offset = toOffset;
        if (from.hasArray()) {
            source = from.array();
            offset = from.arrayOffset() + from.readerIndex();
            from.skipBytes(count);
        } else {
            from.readBytes(to, toOffset, count);
        }
        if (last) {
            sealer().sealLast(source, offset, count, to, toOffset);
        } else {
            sealer().sealPart(source, offset, count, to, toOffset);
        }
        scratch.writerIndex(at + count);
    }

    private static ChannelPromise join(ChannelHandlerContext ctx, ChannelPromise joint, ChannelPromise next) {
        if (next.isVoid()) {
            return joint;
        }
        ChannelPromise both = joint.isVoid() ? ctx.newPromise() : joint;
        both.addListener(done -> {
            if (done.isSuccess()) {
                next.trySuccess();
            } else {
                next.tryFailure(done.cause());
            }
        });
        return both;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        for (Pending rest = pending.poll(); rest != null; rest = pending.poll()) {
            rest.bytes().release();
            rest.promise().tryFailure(new IOException("the link is closed"));
        }
    }
}
