// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.time.Duration;

/**
 * The limits of a session.
 *
 * @param maxWindow       bytes that one stream's peer may send ahead of its reader, at most; windows start at
 *                        {@link #INITIAL_WINDOW} and double while the reader keeps up with the link and there is
 *                        memory. A larger one lets a stream fill longer and faster links: bandwidth × round trip;
 *                        16 MiB are 1 Gbit/s over 130 ms
 * @param maxFrame        bytes of one data frame sent; together with its header it fits one message of Noise
 * @param turn            bytes a stream sends before the next one's turn, where several have some; on a fast link more
 * @param maxIncoming     streams the peer may have open; what comes on top is refused
 * @param maxOutgoing     streams this end may have open; js-libp2p takes 1,000
 * @param ackBacklog      streams this end may have opened that the peer has not accepted yet (the specification says
 *                        256)
 * @param maxAnswers      frames owed to the peer without flow control (answers to pings, refusals); a peer that
 *                        provokes more without reading them is cut off
 * @param maxIdle         frames at once that carry nothing: pings, empty data, window updates that answer no data
 * @param idlePerSecond   the same in a second, in the long run; a peer that sends more is cut off
 * @param keepAlive       time between pings
 * @param pingLimit       the longest a ping may take before the link is taken for dead
 * @param linger          the longest that a peer may go on sending to a stream whose reader is gone
 */
public record YamuxOptions(int maxWindow, int maxFrame, int turn, int maxIncoming, int maxOutgoing, int ackBacklog,
        int maxAnswers, int maxIdle, int idlePerSecond, Duration keepAlive, Duration pingLimit, Duration linger) {

    /** The window that every stream starts with, in both directions (fixed by the specification). */
    public static final int INITIAL_WINDOW = 256 * 1024;

    /** What fits one message of Noise: 65535 bytes with tag and header taken off. */
    private static final int NOISE_FRAME = 65535 - 16 - Frame.HEADER;

    /** For links of any kind. */
    public static YamuxOptions standard() {
        return new YamuxOptions(16 * 1024 * 1024, NOISE_FRAME, NOISE_FRAME, 512, 1000, 256, 4096, 4096, 256,
                Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(60));
    }
}
