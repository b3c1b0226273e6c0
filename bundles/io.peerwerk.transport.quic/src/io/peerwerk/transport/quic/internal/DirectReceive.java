// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;

/**
 * Hands datagrams of an established connection to quiche as Netty's codec does, without what Netty does after each: it
 * looks at all streams that could be read or written, which with a hundred streams takes longer than to decrypt the
 * packet. The methods are not public and found by name; where they are not as expected, all goes through Netty.
 *
 * <p>What a datagram brings is seen when Netty is given the next one of the connection: the caller must end each run of
 * datagrams so. Errors need no care here: quiche notes them, sends its CONNECTION_CLOSE, and Netty sees that then.
 *
 * <p>Used on the event loop.
 */
final class DirectReceive {

    private static final Logger LOG = LoggerFactory.getLogger(DirectReceive.class);
    private static final String PACKAGE = "io.netty.handler.codec.quic.";

    /** Netty's methods; null if one of them is not there. */
    private static final @Nullable Insides INSIDES = Insides.find();

    private record Insides(MethodHandle channel, MethodHandle connection, MethodHandle isFreed, MethodHandle address,
            MethodHandle info, MethodHandle setInfo, MethodHandle position, MethodHandle receive) {

        static @Nullable Insides find() {
            try {
                return new Insides(method("QuicheQuicCodec", "getChannel"), field("QuicheQuicChannel", "connection"),
                        method("QuicheQuicConnection", "isFreed"), method("QuicheQuicConnection", "address"),
                        method("QuicheQuicConnection", "nextRecvInfo"), method("QuicheRecvInfo", "setRecvInfo"),
                        method("Quiche", "memoryAddressWithPosition"), method("Quiche", "quiche_conn_recv"));
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.info("this Netty is made otherwise than expected, QUIC is slower: {}", e.toString());
                return null;
            }
        }

        private static Class<?> type(String name) throws ClassNotFoundException {
            return Class.forName(PACKAGE + name, false, QuicChannel.class.getClassLoader());
        }

        private static MethodHandle method(String type, String name) throws ReflectiveOperationException {
            Method method = Arrays.stream(type(type).getDeclaredMethods()).filter(m -> m.getName().equals(name))
                    .findFirst().orElseThrow(() -> new NoSuchMethodException(name));
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        }

        private static MethodHandle field(String type, String name) throws ReflectiveOperationException {
            Field field = type(type).getDeclaredField(name);
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        }
    }

    private final Insides insides;
    private final QuicChannel channel;
    private final Object connection;

    private DirectReceive(Insides insides, QuicChannel channel, Object connection) {
        this.insides = insides;
        this.channel = channel;
        this.connection = connection;
    }

    /** Whether Netty is made as expected. */
    static boolean isPossible() {
        return INSIDES != null;
    }

    /**
     * The established connection that a codec has for a connection id.
     *
     * @param id the bytes of the id, in direct memory
     * @return null if there is none, or Netty is made otherwise than expected
     */
    static @Nullable DirectReceive of(ChannelHandler codec, ByteBuffer id) {
        Insides known = INSIDES;
        if (known == null) {
            return null;
        }
        try {
            var channel = (QuicChannel) known.channel().invoke(codec, id);
            Object connection = channel == null || !channel.isActive() ? null : known.connection().invoke(channel);
            return channel == null || connection == null ? null : new DirectReceive(known, channel, connection);
        } catch (Throwable e) {
            unexpected(e);
            return null;
        }
    }

    /** Gives a datagram to quiche; false if only Netty may take it. The buffer stays the caller's. */
    boolean receive(DatagramPacket datagram) {
        ByteBuf bytes = datagram.content();
        if (!bytes.hasMemoryAddress() || bytes.isReadOnly() || !channel.isActive()) {
            return false;
        }
        try {
            if ((boolean) insides.isFreed().invoke(connection)) {
                return false;
            }
            var info = (ByteBuffer) insides.info().invoke(connection);
            insides.setInfo().invoke(info, datagram.sender(), datagram.recipient());
            insides.receive().invoke((long) insides.address().invoke(connection),
                    bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes(),
                    (long) insides.position().invoke(info));
            return true;
        } catch (Throwable e) {
            unexpected(e);
            return false;
        }
    }

    /** Errors of the machine go on; after any other the datagram is Netty's. */
    private static void unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        LOG.debug("a datagram went through Netty: {}", e.toString());
    }
}
