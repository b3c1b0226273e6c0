// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cycle;

import java.util.List;

/**
 * One peer's part of a protocol that works in cycles, see the package description. Not thread-safe.
 *
 * @param <M> its messages; requests and answers are of one kind
 */
@FunctionalInterface
public interface CycleProtocol<M> {

    /** Takes in what happened and gives what is to be done, in order. */
    List<CycleAction<M>> handle(CycleInput<M> input);
}
