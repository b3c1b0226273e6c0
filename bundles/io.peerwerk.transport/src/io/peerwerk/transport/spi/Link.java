// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import io.netty.channel.Channel;
import io.peerwerk.core.multiformats.Multiaddr;

/** What a transport hands over: a channel to some peer, with auto-read off. */
public sealed interface Link {

    /** The channel; closing it ends the link. */
    Channel channel();

    /** This end's address. */
    Multiaddr localAddress();

    /** The other end's address, without {@code /p2p}. */
    Multiaddr remoteAddress();

    /** Plain bytes: the switch negotiates security and a muxer on top. */
    record Raw(Channel channel, Multiaddr localAddress, Multiaddr remoteAddress) implements Link {
    }

    /**
     * A link that is secure and carries streams by its nature (QUIC); the switch starts the muxer at once.
     *
     * @param security the name that connections show as their security
     * @param secured  who is at the other end
     * @param muxer    knows how to carry streams over this channel
     */
    record Ready(Channel channel, Multiaddr localAddress, Multiaddr remoteAddress, String security, Secured secured,
            Muxer muxer) implements Link {
    }
}
