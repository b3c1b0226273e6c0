// SPDX-License-Identifier: EPL-2.0
/**
 * SWIM: everybody watches somebody, and the news travels with the watching.
 *
 * <p>Das, Gupta and Motivala, <em>SWIM: Scalable Weakly-consistent Infection-style Process Group Membership
 * Protocol</em>, DSN 2002, with the suspicion of its section 4.2 and the round-robin probing of 4.3; and Dadgar,
 * Phillips and Currey, <em>Lifeguard</em>, 2017: local health (IV-A) with helpers that say no in time, suspicions that
 * shrink with the number of their accusers (IV-B), suspects that hear of it first (IV-C).
 *
 * <pre>
 *   P, once a period                     Q, next in P's shuffled list        R, S, T: three other members
 *     ping              ──────────────▶  answer
 *     nothing at half time? the same over a stream
 *     nothing within the probe timeout?
 *     ping Q for me     ──────────────────────────────────────────────────▶  ping Q; say whether Q answered
 *     nobody reached it?  Q is SUSPECT, P its accuser, and everybody hears it; some look for themselves
 *                                        Q hears it: "ALIVE, incarnation+1", signed
 *     no such thing within the suspicion timeout?  Q is DEAD
 * </pre>
 *
 * <p><b>Cards.</b> What a peer says about itself (addresses, offer, whether it leaves) is its {@link
 * io.peerwerk.gossip.internal.swim.Card}: sealed in an envelope with its key, numbered with its incarnation, passed on
 * as it is. Nobody else can make one, so nobody else can raise an incarnation, move a peer to another address, say
 * good-bye for it, or contradict for it. A card with a lower incarnation than the one we hold is an old one and changes
 * nothing. A signature is checked when a card is newer than ours, and only so many a period; one that is wrong costs
 * whoever sent it the rest of the message and the stream, for honest peers pass on only what they have checked.
 *
 * <p><b>Who wins.</b> A newer card beats everything that was said about older ones. About the same card, DEAD beats
 * SUSPECT beats ALIVE. What is said about a card that we do not have counts for nothing, and makes us compare.
 *
 * <p><b>Who is believed.</b> That a third peer is SUSPECT or DEAD makes it SUSPECT at most, for each peer waits for
 * itself whether a contradiction comes. The accusers that a rumour names can shorten that wait to its least, never
 * below. When a message goes to a peer that we hold for anything but alive, the accusation stands in it first, with the
 * card that it is about: it is the accused who must hear of it.
 *
 * <p><b>Comparing.</b> Rumours can miss somebody. So now and then two members compare: one number over all members in
 * their versions, with a fresh salt; where the numbers differ, the list of the one asked, without cards; then the cards
 * that either lacks. One such comparison is under way at a time, and lists are given out at a limited rate: a crowd
 * that starts at once is served one after the other.
 *
 * <p><b>Who has gone</b> is remembered for a while and pinged now and then, ever less often. A partition that heals is
 * noticed this way: the first one reached raises its incarnation, and the two sides compare. A peer that starts again
 * begins with the clock's seconds as its incarnation, which is higher than before; were it not, it is shown its own old
 * card with the first answer, and goes beyond it.
 *
 * <p><b>Large networks.</b> Where there are more members than one peer can know, its roster is a {@linkplain
 * io.peerwerk.gossip.internal.swim.PartialView partial view}: it watches some, is watched by about as many, and its
 * comparisons swap members. Rumours hardly ever meet somebody whom they concern there, so each watcher finds a failure by
 * itself, within a round of its probes; helpers are given the target's card, and those that do not reach it count as
 * accusers; a suspect is asked to contradict in every period. A peer that leaves says so to its view, whoever else
 * watches it finds out by probing. All nodes have full rosters at present.
 *
 * <p><b>Bytes.</b> Each message is one protobuf record, about its sender (whose id is that of the connection), with
 * rumours about others:
 *
 * <pre>
 *   message Message {
 *     Kind kind           = 1;    // 1 ping, 2 ping another one, 3 compare, 4 fetch, 5 answer
 *     uint64 incarnation  = 2;    // of the sender, unless its card is here
 *     bytes card          = 3;    // the sender's, while the reader has not shown that it has it
 *     uint64 known        = 4;    // the incarnation of the reader's card that the sender has
 *     bytes target        = 5;    // of 2
 *     bool yes            = 6;    // of 5: to 2, it answered; to 3, we know the same
 *     repeated Rumour rumour = 7;
 *     fixed64 salt        = 8;    // of 3
 *     fixed64 fingerprint = 9;    // of 3
 *     repeated bytes wanted = 10; // of 4
 *   }
 *   message Rumour {
 *     bytes id = 1;  State state = 2;  uint64 incarnation = 3;  bytes card = 4;  repeated fixed64 accuser = 5;
 *   }
 * </pre>
 *
 * <p>So a probe at rest has some fifteen bytes, and a comparison twice as many. Pings and their answers are kept within
 * one packet, and go as datagrams where a connection carries those.
 *
 * <p>{@link io.peerwerk.gossip.internal.swim.Swim} is the state machine. It is deterministic: clock and random source
 * are handed in, and its lists do not depend on hash order.
 */
@NullMarked
package io.peerwerk.gossip.internal.swim;

import org.jspecify.annotations.NullMarked;
