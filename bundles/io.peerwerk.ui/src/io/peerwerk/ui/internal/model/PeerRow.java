// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;

/** A line of a table that stands for a peer, so that commands on peers work on it. */
public interface PeerRow {
    PeerId peer();

    /** Where it is said to be, the most useful address first; possibly none. */
    List<Multiaddr> addresses();
}
