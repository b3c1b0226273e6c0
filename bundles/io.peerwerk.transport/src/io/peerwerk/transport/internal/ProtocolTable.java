// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.transport.StreamHandler;

/** The protocols this host takes streams of. */
final class ProtocolTable {

    /**
     * A protocol's handler.
     *
     * @param limit streams of it that one connection may have under way at the same time
     */
    record Entry(String protocol, StreamHandler handler, int limit) {
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> { };

    /** Sets who is told of protocols that come and go from now on. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    Registration add(String protocol, StreamHandler handler, int limit) {
        var entry = new Entry(protocol, handler, limit);
        if (entries.putIfAbsent(protocol, entry) != null) {
            throw new IllegalStateException(protocol + " has a handler already");
        }
        changed.run();
        return () -> {
            if (entries.remove(protocol, entry)) {
                changed.run();
            }
        };
    }

    @Nullable Entry find(String protocol) {
        return entries.get(protocol);
    }

    boolean speaks(String protocol) {
        return entries.containsKey(protocol);
    }

    /** The same name, in the one object that stands here if it does: peers mostly speak what this host speaks. */
    String shared(String protocol) {
        Entry entry = entries.get(protocol);
        return entry == null ? protocol : entry.protocol();
    }

    /** The names, in alphabetical order. */
    List<String> names() {
        return entries.keySet().stream().sorted().toList();
    }
}
