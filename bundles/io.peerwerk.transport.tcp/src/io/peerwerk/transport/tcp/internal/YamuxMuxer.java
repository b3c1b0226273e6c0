// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import io.netty.channel.Channel;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.tcp.internal.yamux.YamuxHandler;
import io.peerwerk.transport.tcp.internal.yamux.YamuxOptions;

/** Yamux as a service. */
@Component(service = Muxer.class)
public final class YamuxMuxer implements Muxer {

    private final YamuxOptions options;

    /** With the standard limits. */
    @Activate
    public YamuxMuxer() {
        this(YamuxOptions.standard());
    }

    /** With limits of one's own. */
    public YamuxMuxer(YamuxOptions options) {
        this.options = options;
    }

    @Override
    public String protocol() {
        return "/yamux/1.0.0";
    }

    @Override
    public MuxedSession start(Channel channel, boolean initiator, SessionListener listener) {
        var handler = new YamuxHandler(initiator, options, listener);
        channel.pipeline().addLast(handler);
        return handler;
    }
}
