// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What a {@link CycleProtocol} wants done.
 *
 * @param <M> its messages
 */
public sealed interface CycleAction<M> {

    /** Send the message and come back with {@link CycleInput.Answered} or {@link CycleInput.Failed}, always. */
    record Ask<M>(Contact to, M message, long ticket) implements CycleAction<M> {
    }

    /** Answer the request that came with this ticket. */
    record Answer<M>(long ticket, M message) implements CycleAction<M> {
    }

    /** Do not answer the request that came with this ticket. */
    record Refuse<M>(long ticket, String why) implements CycleAction<M> {
    }

    /** Come back with {@link CycleInput.Tick} after so many milliseconds. There is one such timer. */
    record Wake<M>(long millis) implements CycleAction<M> {
    }
}
