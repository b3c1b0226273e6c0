// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * What the network knows about who has which content. Apart from the routing's own interface, so that this module runs
 * where that one is not loaded. Methods may be called from any thread.
 */
public interface Providers {

    /**
     * One who says that it has the content.
     *
     * @param peer who
     * @param addresses where it may be; possibly none
     */
    record Provider(PeerId peer, List<Multiaddr> addresses) {
    }

    /** Those that are found, so many at most. Blocks; an interrupt ends it. */
    List<Provider> find(Cid content, int limit) throws IOException;

    /**
     * Tells that this peer has the content, now and from time to time until it is taken back. Blocks.
     *
     * @throws IOException where nobody could be told
     */
    void provide(Cid content) throws IOException;

    /** Tells it no more. */
    void unprovide(Cid content);
}
