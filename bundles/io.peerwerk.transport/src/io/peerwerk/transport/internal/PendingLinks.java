// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;

/**
 * Incoming links whose handshake is under way. When there are too many, the oldest gives way: an honest handshake takes
 * milliseconds, so the oldest is most likely one that holds its slot and says nothing.
 */
final class PendingLinks {

    private static final Logger LOG = LoggerFactory.getLogger(PendingLinks.class);

    private final FloodLog drops = new FloodLog(LOG);
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Channel> channels = new LinkedHashSet<>();
    private final int max;

    PendingLinks(int max) {
        this.max = max;
    }

    void add(Channel channel) {
        Channel oldest = null;
        lock.lock();
        try {
            if (channels.size() >= max) {
                oldest = channels.iterator().next();
                channels.remove(oldest);
            }
            channels.add(channel);
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            drops.info("dropped the oldest of " + max + " unfinished handshakes", oldest.remoteAddress());
            oldest.close();
        }
    }

    void remove(Channel channel) {
        lock.lock();
        try {
            channels.remove(channel);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return channels.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List<Channel> rest;
        lock.lock();
        try {
            rest = List.copyOf(channels);
            channels.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(Channel::close);
    }
}
