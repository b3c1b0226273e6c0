// SPDX-License-Identifier: EPL-2.0
/**
 * Newscast: peer sampling by swapping news, whole views at a time.
 *
 * <p>Jelasity, Kowalczyk and van Steen, <em>Newscast Computing</em>, Vrije Universiteit Amsterdam, IR-CS-006, 2003;
 * Tölgyesi and Jelasity, <em>Adaptive Peer Sampling with Newscast</em>, Euro-Par 2009. Every peer keeps {@code c}
 * neighbours, each with the age of the news in cycles. Once a cycle it exchanges views with a random one of them:
 *
 * <pre>
 *   P, once a cycle                                          Q, any neighbour of P's
 *     ages + 1
 *     its view, and itself with age 0              ──────▶
 *                                                  ◀──────   its view, and itself with age 0
 *     both: of the two views and the other one, the c freshest entries, no peer twice, oneself never
 * </pre>
 *
 * <p>So after an exchange both have the same view but for each other. Nobody is ever told to be gone: a peer that makes
 * no fresh entries is pushed out of all views by those that do, within a few cycles. Who does not answer leaves the view
 * of the one that asked, which turns to another one at once; without that, small groups that know mostly peers that are
 * gone lose the others.
 *
 * <p>When seven tenths of 10,000 peers go at once, those that are left nearly all hang together: with 40 neighbours,
 * the most that a message carries, all of them in 20 of 20 runs; with 30, the size in the simulations of Jelasity,
 * Voulgaris, Guerraoui, Kermarrec and van Steen, <em>Gossip-based Peer Sampling</em>, ACM TOCS 25(3), 2007, in 17; with 20
 * in 10; the others lose fewer than one in a thousand, or two. That is a cycle after the failure; right after it they hang
 * together in 20, 20 and 17. A peer is cut off when it has lost all
 * its neighbours, and those that had it for one were lost too or turned to others first.
 * The overlay mixes less evenly than Cyclon's: in-degrees vary more, and neighbours of a peer are often neighbours of each
 * other.
 *
 * <p>Where all peers begin their cycles together, ages are cycles. Where each has its own rhythm, they must not be: an
 * entry that is passed on between two ticks of its holders would stay young, and those that happen to would crowd out
 * the others. So {@link io.peerwerk.gossip.internal.newscast.NewscastPeer} counts ages by the clock, in eighths of a
 * period; it needs no clock that others agree with.
 *
 * <p>On the wire a request and an answer are one protobuf record, {@code repeated News news = 1}, with
 * {@code News { bytes id = 1; repeated bytes address = 2; uint32 age = 3 }}, at most
 * {@value io.peerwerk.gossip.internal.newscast.NewscastCodec#MAX_NEWS}; the first is of the sender itself. Ages count back
 * from now, so nothing comes from the future. Whatever the order and the ages, a view is made of it: the sender, whose name
 * the connection proves, comes first and the others behind it, a peer stands in it once, what is said of the reader is
 * passed over, and of one sender one message a period counts. Addresses are those of the fresher entry; who is dialled
 * there has to prove its name. But the protocol trusts everybody: whoever calls its friends fresh ends up in every view
 * ({@code NewscastSamplingTest}). Among strangers use another one.
 *
 * <p>{@link io.peerwerk.gossip.internal.newscast.Newscast} is the rules, on numbers in a window
 * ({@link io.peerwerk.gossip.internal.newscast.View}) of whatever array it is given. Invariants of a view: sorted by
 * age, no peer twice, never its owner.
 */
@NullMarked
package io.peerwerk.gossip.internal.newscast;

import org.jspecify.annotations.NullMarked;
