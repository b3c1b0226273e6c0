// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;

/**
 * Two methods of Netty's connection that are not public, found by name. All calls are made on the event loop.
 *
 * <ul>
 * <li>To forget a stream: Netty 4.2.15 keeps a closed one in its connection's table until the peer has ended it with
 * FIN, which a reset never does: some 1.5 KiB a reset, without end, at any peer's will. Where the stream cannot be
 * taken out, {@link QuicSession} bounds the resets of a connection instead.
 * <li>To ask how many bytes a stream could send now, for {@link Sending}; the public method gives an old answer.
 * </ul>
 */
final class CodecInsides {

    private static final Logger LOG = LoggerFactory.getLogger(CodecInsides.class);

    private static final @Nullable Method FORGET = find("streamClosed");
    private static final @Nullable Method CAPACITY = find("streamCapacity");

    private CodecInsides() {
    }

    private static @Nullable Method find(String name) {
        try {
            Class<?> connection = Class.forName("io.netty.handler.codec.quic.QuicheQuicChannel", false,
                    QuicChannel.class.getClassLoader());
            Method method = connection.getDeclaredMethod(name, long.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("this Netty is made otherwise than expected: {}", e.toString());
            return null;
        }
    }

    /** Has Netty forget a closed stream; false if that is not possible. */
    static boolean forget(QuicStreamChannel stream) {
        try {
            if (FORGET != null) {
                FORGET.invoke(stream.parent(), stream.streamId());
                return true;
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.debug("could not forget a stream: {}", e.toString());
        }
        return false;
    }

    /** Bytes that congestion and flow control let a stream send. What waits inside quiche already is not taken off. */
    static long capacity(QuicStreamChannel stream) {
        try {
            if (CAPACITY != null && CAPACITY.invoke(stream.parent(), stream.streamId()) instanceof Long fresh) {
                return fresh;
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.debug("could not ask for the capacity of a stream: {}", e.toString());
        }
        return stream.bytesBeforeUnwritable();
    }
}
