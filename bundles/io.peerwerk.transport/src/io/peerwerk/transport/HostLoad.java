// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

/**
 * What a host holds at a moment for all peers together, beside the most that it may.
 *
 * @param connections     open or being made
 * @param maxConnections  of both directions together
 * @param streams         open on all connections
 * @param memory          bytes that connections and streams hold
 * @param maxMemory       bytes
 * @param descriptors     sockets of connections
 * @param maxDescriptors  beside those that files and the rest of the program take
 */
public record HostLoad(int connections, int maxConnections, int streams, long memory, long maxMemory, int descriptors,
        int maxDescriptors) {
}
