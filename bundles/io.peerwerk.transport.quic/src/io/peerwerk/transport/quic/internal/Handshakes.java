// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;

/**
 * Incoming handshakes under way at one socket. When there are too many the oldest gives way, since an honest handshake
 * takes milliseconds; one that takes too long is broken off. Used on the socket's event loop.
 */
final class Handshakes {

    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private static final long LOG_MILLIS = 10_000;

    private final Set<Channel> underWay = new LinkedHashSet<>();
    private final int max;
    private final long limitMillis;
    private long dropped;
    private long nextLog;

    Handshakes(int max, long limitMillis) {
        this.max = max;
        this.limitMillis = limitMillis;
    }

    void add(Channel channel) {
        if (underWay.size() >= max) {
            Channel oldest = underWay.iterator().next();
            underWay.remove(oldest);
            oldest.close();
            logDrop();
        }
        underWay.add(channel);
        var timer = channel.eventLoop().schedule(() -> {
            if (underWay.remove(channel)) {
                channel.close();
            }
        }, limitMillis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(gone -> {
            underWay.remove(channel);
            timer.cancel(false);
        });
    }

    private void logDrop() {
        dropped++;
        long now = System.currentTimeMillis();
        if (now >= nextLog) {
            LOG.info("dropped {} unfinished handshakes, more than {} were under way", dropped, max);
            dropped = 0;
            nextLog = now + LOG_MILLIS;
        }
    }

    /** The handshake has succeeded. */
    void remove(Channel channel) {
        underWay.remove(channel);
    }

    int count() {
        return underWay.size();
    }
}
