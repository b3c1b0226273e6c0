// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.netty.channel.Channel;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;

/** A way to encrypt a link and to prove who is at its ends. Published as an OSGi service; may serve several hosts. */
public interface SecureChannel {

    /** The protocol's name in the negotiation, such as {@code /noise}. */
    String protocol();

    /**
     * Secures a link: adds handlers at the end of the channel's pipeline, which from then on carries cleartext to and
     * from the handlers behind them, and runs the handshake.
     *
     * <p>Called on the channel's event loop. The stage completes on it too, before any cleartext is passed on, so that
     * handlers which a dependent action adds see every byte. On failure it completes exceptionally with an
     * {@link java.io.IOException}; the caller closes the channel. The caller also sets the time limit.
     */
    CompletionStage<Secured> secure(Channel channel, Task task);

    /**
     * What is to be done.
     *
     * @param identity  who this end is
     * @param initiator whether this end has dialled
     * @param expected  the peer that must be at the other end; empty if any will do
     * @param muxers    the muxers that this end offers, the preferred one first, for handshakes that can agree on one
     */
    record Task(Identity identity, boolean initiator, Optional<PeerId> expected, List<String> muxers) {
    }
}
