// SPDX-License-Identifier: EPL-2.0
/**
 * SWIM: everybody watches somebody, and the news travels with the watching.
 *
 * <p>Das, Gupta and Motivala, <em>SWIM: Scalable Weakly-consistent Infection-style Process Group Membership
 * Protocol</em>, DSN 2002, with the suspicion of its section 4.2 and the round-robin probing of 4.3; the local health
 * is that of Dadgar, Phillips and Currey, <em>Lifeguard</em>, 2017, section IV-A.
 *
 * <pre>
 *   P, once a period                     Q, next in P's shuffled list        R, S, T: three other members
 *     ping              ──────────────▶  answer
 *     nothing within the probe timeout?
 *     ping Q for me     ──────────────────────────────────────────────────▶  ping Q; say whether Q answered
 *     nobody reached it?  Q is SUSPECT, and everybody hears it
 *                                        Q hears it: "ALIVE, incarnation+1"
 *     no such thing within the suspicion timeout?  Q is DEAD
 * </pre>
 *
 * <p><b>Who wins.</b> A peer's incarnation counts the versions of what it says about itself, and only the peer itself
 * raises it. A rumour with a higher incarnation beats one with a lower; at the same incarnation LEFT beats DEAD beats
 * SUSPECT beats ALIVE. So every accusation can be contradicted by the accused, and by nobody else.
 *
 * <p><b>Who is believed.</b> A peer's id is proved by its connection, so what a peer says about itself is taken as it
 * is. What it says about a third peer is a rumour: SUSPECT, DEAD and LEFT all make a living member SUSPECT at most, for
 * each peer waits for itself whether a contradiction comes. An incarnation from far in the future is dropped when it is
 * a rumour, so that nobody can use up another peer's numbers. When a message goes to a peer that we hold for anything
 * but alive, the accusation stands in it first: it is the accused who must hear of it.
 *
 * <p><b>Who has gone</b> is remembered for a while and pinged now and then, ever less often. A partition that heals is
 * noticed this way: the first one reached raises its incarnation, and the two sides compare their lists. A peer that
 * starts again begins with the clock's seconds as its incarnation, which is higher than before; were it not, it would
 * be told so with the first answer, and raise it.
 *
 * <p>Every message, request or answer, is one protobuf record
 * {@code { kind = 1; incarnation = 2; repeated bytes address = 3; offer = 4; bool leaving = 5; bytes target = 6;
 * bool reached = 7; repeated Rumour rumour = 8; }} about the sender itself (whose id is that of the connection), with
 * {@code Rumour { bytes id = 1; state = 2; incarnation = 3; repeated bytes address = 4; offer = 5; }} about others.
 *
 * <p>{@link io.peerwerk.gossip.internal.swim.Swim} is the state machine. It is deterministic: clock and random source
 * are handed in, and its lists do not depend on hash order.
 */
@NullMarked
package io.peerwerk.gossip.internal.swim;

import org.jspecify.annotations.NullMarked;
