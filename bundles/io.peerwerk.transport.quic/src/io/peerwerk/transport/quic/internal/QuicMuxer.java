// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicChannel;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SessionListener;

/** The streams of QUIC itself, for one connection. */
record QuicMuxer(Greeting greeting) implements Muxer {

    /** How connections over QUIC name their security and their muxer: both are QUIC itself. */
    static final String NAME = "/quic-v1";

    @Override
    public String protocol() {
        return NAME;
    }

    @Override
    public MuxedSession start(Channel channel, boolean initiator, SessionListener listener) {
        var session = new QuicSession((QuicChannel) channel, greeting, listener);
        channel.pipeline().addLast(session);
        return session;
    }
}
