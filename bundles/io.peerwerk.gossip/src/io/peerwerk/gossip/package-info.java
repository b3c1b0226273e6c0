// SPDX-License-Identifier: EPL-2.0
/**
 * Who is out there, who has gone, and what they are all together: membership, peer sampling, aggregation, slicing.
 *
 * <p>Two questions are answered first, by two protocols that share nothing but the host they talk over. <em>Which
 * peers are reachable?</em> is the question of {@link io.peerwerk.gossip.Membership}: every peer knows every other,
 * watches a random one each second, and tells the others what it saw (SWIM, Das, Gupta and Motivala 2002, with the
 * suspicion and incarnation numbers of its section 4.2, and Lifeguard, 2017). <em>Give me a few random peers</em> is the question of
 * {@link io.peerwerk.gossip.PeerSampling}: every peer keeps about twenty neighbours and keeps swapping them with
 * others, so that the neighbours of all peers together look like a random graph (Cyclon, Voulgaris, Gavidia and
 * van Steen 2005). The first costs memory in the size of the network and suits thousands of peers; the second costs
 * the same for ten peers as for a hundred million.
 *
 * <p>On the second rest two more: {@link io.peerwerk.gossip.Aggregates}, how many peers there are and what they offer
 * together (push-pull averaging), and {@link io.peerwerk.gossip.Slices}, whether this peer belongs to the strongest of
 * them. Both cost two small messages a cycle of ten seconds, whatever the size of the network.
 *
 * <p>Nobody is in charge. What another peer says about a third one is a rumour: it makes the third one suspect at
 * most, and the third one is given the time to contradict. Only what a peer says about itself is passed on as a fact,
 * for it is signed.
 */
@NullMarked
package io.peerwerk.gossip;

import org.jspecify.annotations.NullMarked;
