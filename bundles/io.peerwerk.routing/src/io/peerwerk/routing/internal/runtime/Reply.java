// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.internal.wire.KadMessage;

/**
 * What a peer has answered.
 *
 * @param from  where it is on the connection; none if that goes through a relay
 * @param entry where it can be dialled, as far as the connection proves it: the same, or what it says itself if that
 *              has the same IP address; none if it is not proved
 */
record Reply(KadMessage message, Optional<Multiaddr> from, Optional<Multiaddr> entry) {
}
