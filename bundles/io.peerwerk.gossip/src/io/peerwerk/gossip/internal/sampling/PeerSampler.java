// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.internal.cycle.CycleProtocol;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * One peer's part of a peer-sampling protocol: what every such protocol offers besides its cycles. The contract is the
 * test {@code PeerSamplingContract}. Not thread-safe.
 *
 * @param <M> its messages
 */
public interface PeerSampler<M> extends CycleProtocol<M> {

    /** The present neighbours, none twice and never this peer itself, in no particular order; a snapshot. */
    List<Contact> view();

    /** A peer is known from elsewhere. It becomes a neighbour if there is room. */
    void seed(Contact contact);

    /** A peer is known to be gone. */
    void drop(PeerId peer);

    /** This peer itself is now reached at other addresses. */
    void moved(List<Multiaddr> addresses);
}
