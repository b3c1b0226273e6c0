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
 * Has Netty forget streams that were reset. Netty 4.2.15 keeps a closed stream in its connection's table until the peer
 * has ended it with FIN, which a reset never does: some 1.5 KiB a reset, without end, at any peer's will. The method
 * that takes it out is not public, so it is found by name; where it is missing, {@link QuicSession} bounds the resets
 * of a connection instead.
 */
final class ResetStreams {

    private static final Logger LOG = LoggerFactory.getLogger(ResetStreams.class);

    private static final @Nullable Method FORGET = find();

    private ResetStreams() {
    }

    private static @Nullable Method find() {
        try {
            Class<?> connection = Class.forName("io.netty.handler.codec.quic.QuicheQuicChannel", false,
                    QuicChannel.class.getClassLoader());
            Method method = connection.getDeclaredMethod("streamClosed", long.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("this Netty remembers every stream that was reset, so connections are given up now and then: {}",
                    e.toString());
            return null;
        }
    }

    /** Forgets a closed stream; false if that is not possible. On the event loop. */
    static boolean forget(QuicStreamChannel stream) {
        Method method = FORGET;
        if (method == null) {
            return false;
        }
        try {
            method.invoke(stream.parent(), stream.streamId());
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.debug("could not forget a stream: {}", e.toString());
            return false;
        }
    }
}
