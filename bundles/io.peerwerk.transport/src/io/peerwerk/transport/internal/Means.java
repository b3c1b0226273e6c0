// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import io.netty.buffer.ByteBufAllocator;
import io.peerwerk.transport.internal.limits.StreamLease;

/**
 * What a stream works with.
 *
 * @param lease     what its buffers count for
 * @param up        what its writers pass
 * @param down      what its readers pass
 * @param deadlines what ends long waits
 * @param outbound  the streams of the connection that have bytes on their way
 */
record Means(ByteBufAllocator allocator, StreamLease lease, Throttle up, Throttle down, Deadlines deadlines,
        Outbound outbound) {
}
