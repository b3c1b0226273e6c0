// SPDX-License-Identifier: EPL-2.0
/**
 * Whether what lives can be found while peers come and go, and whether those that went leave anything behind.
 *
 * <pre>
 *   ChurnBenchmark ─▶ Population   so many peers at a time, each a host with gossip and routing; one that dies has a
 *        │                │         successor at once, who knows three of those that live
 *        │                ├─▶ Announcer   of each peer: provides contents and publishes its name, ever new ones
 *        │                └─▶ LiveKeys    what can be looked for
 *        ├─▶ Lookups ─▶ Score   a random live peer looks for a random live key, so many times a second
 *        └─▶ Usage ─▶ Leaks     heap after a collection, threads, descriptors, direct memory: does it grow with the dead?
 * </pre>
 *
 * <p><em>A peer lives</em> from when its modules run until its death begins. Lives are exponentially distributed.
 * Every second death, by a coin, is abrupt: the host closes its sockets, each with the last frame of its muxer, and
 * gossip and routing of the dead say nothing; the others are in order, with good-byes.
 *
 * <p><em>A key lives</em> from when the call that announces it has returned until the death of its owner begins:
 * content from {@code provide}, the owner's name from {@code publishName}. <em>A lookup succeeds</em> when {@code
 * findProviders} names the owner, or {@code resolveName} gives the value that was published when it began, or a later
 * one. It is asked of a peer that is not the owner, whoever lives, one that has just come up as well; once, without
 * another try. An exception is a failure. Only where the asker or the owner dies meanwhile the lookup does not count:
 * there is nobody to be told, or nothing to be found.
 *
 * <p>Nothing of this is told to the product: how often announcements are repeated, whom they go to and when a dead
 * peer is noticed is up to it.
 */
@NullMarked
package io.peerwerk.node.internal.bench.churn;

import org.jspecify.annotations.NullMarked;
