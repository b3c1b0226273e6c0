// SPDX-License-Identifier: EPL-2.0
/**
 * Peer sampling: a few neighbours of each peer that together look like a random graph. The protocols that do it are
 * {@link io.peerwerk.gossip.internal.sampling.PeerSampler}s: Cyclon, Newscast, and the generic framework of this
 * package.
 *
 * <p>The framework is that of Jelasity, Voulgaris, Guerraoui, Kermarrec and van Steen, <em>Gossip-based Peer
 * Sampling</em>, ACM TOCS 25(3), 2007, section 2. Every peer keeps {@code c} neighbours with their ages. Once a cycle:
 *
 * <pre>
 *   P                                                       Q, a neighbour: any one, or the oldest
 *     shuffle the view, the H oldest go last
 *     request: (P, age 0) and the first c/2-1      ──────▶
 *                                                  ◀──────  answer: the same of Q, if P wants one (push-pull)
 *     both: append what came, of a peer that is there twice keep the younger entry, then come down to c:
 *           drop the H oldest, drop the S first (which were sent), drop any
 * </pre>
 *
 * <p>{@code H} (healer) forgets dead peers fast, {@code S} (swapper) keeps the in-degrees even. Newscast is H = c/2,
 * S = 0; Cyclon is near to H = 0, S = c/2 with the oldest neighbour asked. Ages count a peer's own cycles alone, not
 * the requests that come to it, or whoever asks often could make all entries old.
 *
 * <p>On the wire a request and an answer are one protobuf record, {@code repeated Entry entry = 1; bool pull = 2}, with
 * the entries of Cyclon; {@code pull} says that an answer with entries is wanted.
 *
 * <p>The framework trusts everybody: whoever names itself in each exchange ends up in every view. With a
 * {@link io.peerwerk.gossip.internal.sampling.SamplingOptions.Guard} the neighbours come from three sources that an
 * attacker cannot fill alike, as in Brahms (Bortnikov, Gurevich, Keidar, Kliot and Shraer, Computer Networks 53(13),
 * 2009):
 * <ul>
 * <li>a view of the framework, fed by the answers of peers that this peer chose itself, never by requests;
 * <li>peers that asked this one and so have shown that they are there, each once a cycle. A cycle in which more came
 * than is likely among honest peers counts for nothing;
 * <li>peers drawn by min-wise hashing from all that were ever named, where to be named often is no advantage
 * ({@link io.peerwerk.gossip.internal.cyclon.Recall}); each is asked now and then, and forgotten if it does not answer.
 * </ul>
 * The partner of a cycle comes from the three in turn. {@code PeerSamplingContract} in the tests says what share of
 * their neighbours honest peers keep.
 */
@NullMarked
package io.peerwerk.gossip.internal.sampling;

import org.jspecify.annotations.NullMarked;
