// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import io.netty.channel.Channel;

/** A way to carry many streams over one secured link. Published as an OSGi service; may serve several hosts. */
public interface Muxer {

    /** The protocol's name in the negotiation, such as {@code /yamux/1.0.0}. */
    String protocol();

    /**
     * Starts a session at the end of the channel's pipeline. Called on the channel's event loop.
     *
     * @param initiator whether this end has dialled
     * @param listener  hears of incoming streams and of the session's end
     */
    MuxedSession start(Channel channel, boolean initiator, SessionListener listener);
}
