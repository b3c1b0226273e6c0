// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A gateway lets a port through.
 *
 * @param external  its side: what others dial
 * @param lifetime  for how long
 * @param restarted whether it has lost its memory since it was last heard, so that all it was asked before is gone
 */
record Grant(InetSocketAddress external, Duration lifetime, boolean restarted) {
}
