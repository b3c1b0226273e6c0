// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.time.Duration;

import io.peerwerk.storage.Block;

/** What one peer may ask of another. */
public final class Limits {

    /** The protocol's name. */
    public static final String PROTOCOL = "/peerwerk/blocks/1.0.0";
    /** Blocks in one PUT or GET: enough to make the round trip and the fsync cheap. */
    public static final int MAX_BATCH = 64;
    /** Bytes of all blocks in one PUT: they are in memory together until the fsync. */
    public static final int MAX_PUT_BYTES = 8 << 20;
    /** CIDs in one HAVE: about 170 KB of request. */
    public static final int MAX_HAVE = 4096;
    /** The longest request: a HAVE of {@value #MAX_HAVE} CIDs with room for longer hashes. */
    static final int MAX_REQUEST = 512 << 10;
    /** The longest answer frame. */
    static final int MAX_ANSWER = MAX_HAVE + 64;
    /** The longest block. */
    static final int MAX_BLOCK = Block.MAX_BYTES;
    /** Requests of one peer that are served at the same time; more are refused. */
    static final int REQUESTS_PER_PEER = 16;
    /**
     * Requests to one peer at the same time; more wait. Fewer than are served, as the end of one is seen here first.
     */
    static final int REQUESTS_TO_PEER = 8;
    /** KiB of blocks of all PUTs that are in memory at the same time. */
    static final int PUT_MEMORY_KIB = 64 << 10;
    /** The longest silence in the middle of a request or answer. */
    static final Duration SILENCE = Duration.ofSeconds(15);
    /** The longest a holder keeps a stream open that asks nothing. */
    static final Duration IDLE = Duration.ofSeconds(60);

    private Limits() {
    }
}
