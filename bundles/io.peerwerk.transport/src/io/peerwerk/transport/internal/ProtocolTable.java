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

    Registration add(String protocol, StreamHandler handler, int limit) {
        return add(new Entry(protocol, handler, limit, null));
    }

    Registration add(Entry entry) {
        if (entries.putIfAbsent(entry.protocol(), entry) != null) {
            throw new IllegalStateException(entry.protocol() + " has a handler already");
        }
        return () -> entries.remove(entry.protocol(), entry);
    }

    @Nullable Entry find(String protocol) {
        return entries.get(protocol);
    }

    boolean speaks(String protocol) {
        return entries.containsKey(protocol);
    }

    /** The names, in alphabetical order. */
    List<String> names() {
        return entries.keySet().stream().sorted().toList();
    }
}
