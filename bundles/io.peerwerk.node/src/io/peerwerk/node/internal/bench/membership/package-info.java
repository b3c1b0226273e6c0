// SPDX-License-Identifier: EPL-2.0
/**
 * How soon members of a network know each other, how soon they know of a death, how often they are wrong, and what that
 * costs while nothing happens: Peerwerk's membership beside ScaleCube Cluster's where its jars are there.
 *
 * <pre>
 *   MembershipBenchmark ─▶ Group ─▶ process, process, … each with members that run for real
 *        │                   ▲          one JSON object a line: who is there, who sees whom come and go, and when
 *        └─▶ Stage: a network namespace for them all, whose loopback counts their bytes and can lose packets
 * </pre>
 *
 * <p>Both kinds of members speak the same lines and go through the same steps, and the same counter counts their bytes:
 * that of the namespace's loopback device, which sees every packet once, with all headers, acknowledgements and
 * encryption. Where there can be no such namespace, what needs it is left out.
 */
@NullMarked
package io.peerwerk.node.internal.bench.membership;

import org.jspecify.annotations.NullMarked;
