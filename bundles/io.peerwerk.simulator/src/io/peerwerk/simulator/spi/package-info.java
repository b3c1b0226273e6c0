// SPDX-License-Identifier: EPL-2.0
/**
 * What a protocol looks like to the simulator when time goes in cycles.
 *
 * <p>Peers are numbers from 0; a newcomer gets the next one, and no number is used twice, so that a link to a peer that
 * is gone never leads to another one. The state of all peers lies in arrays of the protocol, found by the number. A
 * cycle has two parts:
 *
 * <pre>
 *   1. each peer that is up    tick(peer) ─▶ its partner                reads and writes the state of that peer alone
 *        no answer?            unanswered(peer, partner) ─▶ another      (down, lost, or beyond a partition)
 *   2. each that has one       exchange(peer, partner)                  reads and writes the state of these two alone
 * </pre>
 *
 * <p>Threads share the work: a {@link io.peerwerk.simulator.spi.CycleProtocol} gives each of them its own
 * {@link io.peerwerk.simulator.spi.CycleSteps}, with scratch memory in it, and no two calls that run at the same time
 * concern the same peer. The order of exchanges that share a peer depends on nothing but the seed, and all randomness
 * comes from the generator that a call is given, so the same seed gives the same result on any number of threads, as
 * long as a protocol keeps to the peers it is called for.
 *
 * <p>A protocol of exchanges (push-pull averaging, slicing, a topology) needs no more than this; one that wants to draw
 * from another one's view holds that one and reads its views in {@code tick}.
 */
@NullMarked
package io.peerwerk.simulator.spi;

import org.jspecify.annotations.NullMarked;
