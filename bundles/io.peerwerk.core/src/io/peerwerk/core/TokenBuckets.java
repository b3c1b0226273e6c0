// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link TokenBucket} for each of those who are heard, all alike. So many are remembered at most; those heard least
 * recently give way, and begin with a full bucket when they are heard again. Not safe for use by several threads.
 *
 * @param <K> who is heard, such as a peer or an address
 */
public final class TokenBuckets<K> {

    private final double perSecond;
    private final double size;
    private final Map<K, TokenBucket> buckets;

    /**
     * @param perSecond tokens that flow into each in a second; at least zero
     * @param size      tokens in each at most
     * @param most      buckets that are remembered
     */
    public TokenBuckets(double perSecond, double size, int most) {
        this.perSecond = perSecond;
        this.size = size;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, TokenBucket> eldest) {
                return size() > most;
            }
        };
    }

    /** The bucket of one who is heard now; a full one, if it is not remembered. */
    public TokenBucket of(K who, long now) {
        return buckets.computeIfAbsent(who, w -> new TokenBucket(perSecond, size, now));
    }
}
