// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.util.List;

/**
 * What goes between a peer and a point. Text that is not there is empty, a number that is not there zero: the protocol
 * means the same by both.
 */
public sealed interface RendezvousMessage {

    /** What a peer sends. */
    sealed interface Request extends RendezvousMessage {
    }

    /**
     * A peer wants to be found; in an answer: a peer that is to be found.
     *
     * @param namespace    where
     * @param signedRecord the envelope of the peer's record, not checked yet
     * @param ttl          for how many seconds
     */
    record Register(String namespace, Opaque signedRecord, long ttl) implements Request {
    }

    /** A peer no longer wants to be found; has no answer. */
    record Unregister(String namespace) implements Request {
    }

    /**
     * A peer looks for others.
     *
     * @param namespace where; empty for everywhere
     * @param limit     how many at most; zero for as many as there are
     * @param cookie    what the last answer said, so that only those come that have registered since
     */
    record Discover(String namespace, long limit, Opaque cookie) implements Request {
    }

    /** @param ttl for how many seconds the peer can be found */
    record RegisterResponse(Status status, String text, long ttl) implements RendezvousMessage {
    }

    /** @param cookie what to say when asking for the rest */
    record DiscoverResponse(List<Register> registrations, Opaque cookie, Status status, String text)
            implements RendezvousMessage {

        public DiscoverResponse {
            registrations = List.copyOf(registrations);
        }
    }
}
