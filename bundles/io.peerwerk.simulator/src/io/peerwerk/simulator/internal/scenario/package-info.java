// SPDX-License-Identifier: EPL-2.0
/**
 * Scenarios as text, one setting a line:
 *
 * <pre>
 *   # seven of ten peers fail
 *   protocol  = newscast                      newscast, cyclon or swim
 *   mode      = cycles                        cycles or events; times below are cycles (20) or spans (90 s, 5 min, 2 h)
 *   peers     = 10000
 *   cycles    = 60                            with mode = events: duration = 10 min
 *   observe   = 5                             a row that often; end for the last one only
 *   seed      = 1
 *   view      = 20                            neighbours a peer keeps
 *   start     = random                        random, star or tree: whom peers know at first
 *   fail      = 70% at 20                     any number of these
 *   partition = 40% from 30 to 45             and of these
 *   loss      = 1%
 *   churn     = weibull 200 0.5               how long peers stay, see below
 *
 *   period    = 1 s                           with mode = events: between two rounds of a peer
 *   watch     = 24                            with protocol = swim: members a peer watches; all if it is not said
 *   latency   = lognormal 40 ms 0.5           with mode = events
 *   jitter    = 10%                           with mode = events
 * </pre>
 *
 * <p>A distribution is {@code constant TIME}, {@code uniform LEAST MOST}, {@code exponential MEAN}, {@code lognormal
 * MEDIAN SIGMA}, {@code pareto LEAST SHAPE}, {@code weibull SCALE SHAPE}, or {@code trace FILE}: a file of times, one a
 * line, of which each is as likely; its name counts from the scenario's folder.
 *
 * <p>Nothing is guessed: what is unknown, said twice, out of bounds or meant for the other mode is an error with the
 * number of its line.
 */
@NullMarked
package io.peerwerk.simulator.internal.scenario;

import org.jspecify.annotations.NullMarked;
