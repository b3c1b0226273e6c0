// SPDX-License-Identifier: EPL-2.0
/**
 * Push-pull averaging: every peer finds the mean of a value that each of them has, and from it the number of peers and
 * totals.
 *
 * <p>Jelasity, Montresor and Babaoglu, <em>Gossip-based Aggregation in Large Dynamic Networks</em>, ACM TOCS 23(3),
 * 2005. Once a cycle a peer exchanges estimates with a random other, and both go on with the mean of the two. The sum
 * over all peers stays what it was; the variance falls to 1/(2√e), about 0.303, of what it was in each cycle:
 *
 * <pre>
 *   P, once a cycle                              Q, a random peer
 *     request: epoch, estimates x         ──────▶
 *                                         ◀──────  answer: epoch, estimates y; Q goes on with (x+y)/2
 *     goes on with (x+y)/2
 * </pre>
 *
 * <p>Invariants and rules:
 * <ul>
 * <li>An exchange is atomic: a peer that has a request of its own under way refuses (section 4.2), and so does one that
 * was asked by the same peer within the cycle. When the answer is lost, Q has changed and P has not; the error is of
 * the size of one exchange.
 * <li>An epoch lasts a fixed number of cycles; then the estimates are the result, and all start afresh with their
 * present values. A peer that hears of the next epoch, not earlier than after two thirds of its own, begins it at once,
 * so that the epochs of all begin within a few cycles (section 4.3). A peer that joins is told when the next epoch
 * begins, and does not take part before.
 * <li>A peer far behind, or far ahead, of several partners in a row that agree joins again. One partner alone moves
 * nobody.
 * <li>The size is the inverse of the mean of 1 at one peer and 0 at all others (section 5). Several such instances run
 * at a time: each peer leads one with probability C / size, and at most 4C are kept, everywhere those of the lowest
 * rank, so that dropping the others changes no result. The result is the mean of the instances without the lowest and
 * the highest third.
 * </ul>
 *
 * <p>Who tampers: values that are no number or outside the range of their quantity make a message malformed. A leader
 * that lies spoils its instance, and the thirds cut off absorb that up to a third of the instances. But the mass of an
 * instance is 1, and a peer that puts its own 1, or 0, into each exchange spoils all of them; and one that names the
 * highest value in each exchange moves a mean thirty times as far as its share. So a result has to pass the
 * {@link io.peerwerk.gossip.internal.aggregation.Survey}: what the partners that this peer chose said about themselves,
 * each once, and how often it chose the same partner twice. The mean must lie within four standard errors and a quarter
 * of the mean of the survey, or between a third and three times that mean, for few may have much; else the nearest value
 * that does is taken. Instances that stand for a size which the repetitions do not allow are left out before the thirds
 * are cut off.
 *
 * <p>On the wire a request and an answer are one protobuf record:
 *
 * <pre>
 *   uint64 epoch = 1            0 while the sender knows none
 *   uint32 left = 2             milliseconds until the sender's epoch is over
 *   fixed64 mean = 3 (repeated) estimate of each quantity, as IEEE 754 doubles; absent where the sender takes no part
 *   fixed64 own = 4 (repeated)  the sender's own value of each quantity
 *   Instance instance = 5       { fixed64 leader = 1; fixed64 value = 2 }, repeated, in ascending order of leaders
 * </pre>
 */
@NullMarked
package io.peerwerk.gossip.internal.aggregation;

import org.jspecify.annotations.NullMarked;
