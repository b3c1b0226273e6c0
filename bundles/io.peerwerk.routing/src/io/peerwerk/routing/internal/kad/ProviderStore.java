// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Instant;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.Octets;

/** Who has what, as the peers say themselves. Not thread-safe. */
public final class ProviderStore {

    private final Shelf<Contact> shelf;

    public ProviderStore(KadKey self, StoreLimits limits) {
        this.shelf = new Shelf<>(self, limits);
    }

    /**
     * Keeps that a peer has the content.
     *
     * @throws FormatException if the key is no multihash
     * @throws RefusedException if the limits are reached
     */
    public void add(Octets content, Contact provider, Instant now) throws FormatException, RefusedException {
        Multihash.parse(content.bytes());
        long size = content.length();
        for (Multiaddr address : provider.addresses()) {
            size += 2L * address.toBytes().length; // its bytes, and its parts as text
        }
        shelf.put(content, provider.id(), provider, size, now);
    }

    /** The peers that have the content, those last heard of first, so many at most. */
    public List<Contact> get(Octets content, int limit, Instant now) {
        return shelf.get(content, now).stream().limit(limit).map(Shelf.Item::content).toList();
    }

    /** How many announcements are kept. */
    public int size() {
        return shelf.size();
    }

    /** The bytes they take, about. */
    public long bytes() {
        return shelf.bytes();
    }

    /** Drops those that nobody has made again in time. */
    public void expire(Instant now) {
        shelf.expire(now);
    }
}
