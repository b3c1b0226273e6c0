// SPDX-License-Identifier: EPL-2.0
/**
 * gossipsub 1.0, 1.1 and 1.2 as a state machine.
 *
 * <p>The peers of a topic form a mesh: each has about six partners in it, and every message goes to all partners at
 * once. All others get ids now and then, and ask for what they have missed:
 *
 * <pre>
 *   in the mesh                                outside, once a heartbeat, some picked at random
 *     GRAFT topic            ──────▶             IHAVE topic, ids   ──────▶
 *     messages               ◀─────▶                                ◀──────  IWANT ids
 *     IDONTWANT id           ◀─────▶             messages           ──────▶
 *     PRUNE topic, back-off  ──────▶
 * </pre>
 *
 * <p>Anybody can join, so some will lie. Each neighbour has a
 * {@linkplain io.peerwerk.pubsub.internal.gossipsub.PeerScores score}: what it brought, against
 * what it forged, broke or flooded. Below zero it is put out of every mesh, farther below nothing is offered, sent or
 * taken. Beside the mesh are those who get every message at once: peers that speak floodsub alone, and peers that the
 * user trusts, whose score does not matter. What holds at any time:
 *
 * <ul>
 * <li>a partner is subscribed to the topic and has a score of 0 or more, at the latest after the next heartbeat;
 * <li>nobody grafts during a back-off, and no back-off is longer than an hour, whatever number was sent;
 * <li>a message is passed on once, after its signature and the application's verdict, and never back;
 * <li>a forged message leaves nothing behind that could stand in the way of the true one;
 * <li>whatever a peer can make this one keep is counted against a limit in
 * {@link io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Limits}.
 * </ul>
 *
 * <p>Nothing here knows a thread, a socket or a clock; the time is milliseconds of any origin that never go back.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">gossipsub v1.1</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.2.md">gossipsub v1.2</a>
 * @see <a href="https://arxiv.org/abs/2007.02754">Vyzovitis, Napora, McCormick, Dias and Psaras: GossipSub, 2020</a>
 */
@NullMarked
package io.peerwerk.pubsub.internal.gossipsub;

import org.jspecify.annotations.NullMarked;
