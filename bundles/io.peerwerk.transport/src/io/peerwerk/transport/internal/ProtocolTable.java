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
     * @param limit streams of it that one peer may have under way at the same time
     * @param pace  how often a peer may open it on one connection; null if as often as any stream
     */
    record Entry(String protocol, StreamHandler handler, int limit, @Nullable Pace pace) {
    }

    /** So many streams a second in the long run, and so many at once. */
    record Pace(double perSecond, int atOnce) {
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> { };

    /** Sets who is told of protocols that come and go from now on. */
    void onChange(Runnable listener) {
        changed = listener;
    }

    Registration add(String protocol, StreamHandler handler, int limit) {
        return add(new Entry(protocol, handler, limit, null));
    }

    Registration add(Entry entry) {
        if (entries.putIfAbsent(entry.protocol(), entry) != null) {
            throw new IllegalStateException(entry.protocol() + " has a handler already");
        }
        changed.run();
        return () -> {
            if (entries.remove(entry.protocol(), entry)) {
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
