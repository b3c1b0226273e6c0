// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private final TokenBuckets<String> buckets = new TokenBuckets<>(1, 2, 2);

    @Test
    void eachHasABucketOfItsOwn() {
        assertTrue(buckets.of("ann", 0).take(2, 0));
        assertFalse(buckets.of("ann", 0).take(1, 0));
        assertTrue(buckets.of("bob", 0).take(2, 0));
    }

    @Test
    void whoIsHeardLeastRecentlyGivesWay() {
        TokenBucket ann = buckets.of("ann", 0);
        TokenBucket bob = buckets.of("bob", 0);
        assertSame(ann, buckets.of("ann", 0));
        buckets.of("cid", 0);
        assertSame(ann, buckets.of("ann", 0));
        assertNotSame(bob, buckets.of("bob", 0));
    }
}
