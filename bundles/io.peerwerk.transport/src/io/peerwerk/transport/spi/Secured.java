// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;

/**
 * What a handshake has shown.
 *
 * @param peer  the peer at the other end
 * @param key   the key that proves it
 * @param muxer the muxer that was agreed on within the handshake; empty if it is still to be negotiated
 */
public record Secured(PeerId peer, PublicKey key, Optional<String> muxer) {
}
