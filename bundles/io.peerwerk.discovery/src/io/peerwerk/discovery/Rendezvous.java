// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;

/**
 * Meets peers at rendezvous points: {@code /rendezvous/1.0.0}. A point is a peer that the host is connected to, or
 * whose addresses it remembers. What a point says about others is signed by them; that it says all is not certain, so
 * ask several points.
 *
 * <p>Methods that throw {@link IOException} block; all may be called on any thread.
 */
public interface Rendezvous {

    /** The longest namespace, in bytes of UTF-8. */
    int MAX_NAMESPACE = 255;

    /** The most peers that one {@link #discover} gives. */
    int MAX_DISCOVERED = 1000;

    /**
     * Registers this peer with the addresses of its host, and again before the registration runs out or when the
     * addresses change, until the registration given is closed. A point that is away meanwhile is tried again.
     *
     * @param namespace what others look for, one to {@value #MAX_NAMESPACE} bytes
     * @throws RendezvousException if the point refuses
     * @throws IOException if it cannot be reached
     */
    Registration advertise(PeerId point, String namespace) throws IOException;

    /**
     * The peers that are registered now, {@value #MAX_DISCOVERED} at most, this one left out. The host remembers their
     * addresses.
     *
     * @param namespace as in {@link #advertise}; empty for those of every namespace
     * @throws RendezvousException if the point refuses
     * @throws IOException if it cannot be reached, or does not keep to the protocol
     */
    List<PeerRecord> discover(PeerId point, String namespace) throws IOException;

    /**
     * Asks the point again and again, ever less often while nobody comes, for peers that have registered or changed
     * their registration since. Failures are retried without end.
     *
     * @param found hears of each, on a thread of its own; the host remembers its addresses already
     */
    Registration follow(PeerId point, String namespace, Consumer<PeerRecord> found);
}
