// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What can happen to a {@link CycleProtocol}.
 *
 * @param <M> its messages
 */
public sealed interface CycleInput<M> {

    /**
     * The time asked for with {@link CycleAction.Wake} has come, or the peer starts.
     *
     * @param sample peers drawn at random from the whole network, possibly none; a protocol that finds its partners
     *         itself need not look at them
     */
    record Tick<M>(List<Contact> sample) implements CycleInput<M> {
    }

    /** Another peer asks; the actions hold an answer or a refusal under the same ticket. */
    record Received<M>(PeerId from, M message, long ticket) implements CycleInput<M> {
    }

    /** The answer to an {@link CycleAction.Ask}, and how long it took. */
    record Answered<M>(long ticket, M message, long nanos) implements CycleInput<M> {
    }

    /** An {@link CycleAction.Ask} got no answer, or a malformed one. */
    record Failed<M>(long ticket) implements CycleInput<M> {
    }
}
