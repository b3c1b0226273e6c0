// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import io.peerwerk.core.TokenBucket;

/**
 * Bears frames that make work and bring nothing: pings, empty data, window updates that no data asked for, streams that
 * are refused. An honest peer sends a few a second. Window updates that answer data count apart: some peers send one
 * for every frame they have read.
 */
final class Patience {

    private final TokenBucket bucket;
    private long unanswered;

    Patience(YamuxOptions options, long now) {
        bucket = new TokenBucket(options.idlePerSecond(), options.maxIdle(), now);
    }

    /** A data frame was sent: the peer may answer it. */
    void sent() {
        unanswered++;
    }

    /** A frame came that changes nothing. */
    void idle(Frame frame, long now) throws YamuxException {
        if (frame.type() == Frame.Type.WINDOW && frame.length() > 0 && unanswered > 0) {
            unanswered--;
        } else if (!bucket.take(1, now)) {
            throw YamuxException.protocol("too many frames that carry nothing");
        }
    }
}
