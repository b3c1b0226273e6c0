// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

/** What a message may hold. */
public final class WireLimits {

    /** Bytes of a message, as the specification says. */
    public static final int MAX_MESSAGE = 4 << 20;

    /** Bytes of a message that we write, if more than one block is in it: small ones begin to be of use sooner. */
    public static final int WRITTEN_MESSAGE = 1 << 20;

    /** Entries of a want-list, presences, or blocks in one message; sixteen times what is kept of a peer. */
    public static final int MAX_ITEMS = 16 << 10;

    /** Bytes of a CID: two numbers before a hash with the longest digest there is. */
    static final int MAX_CID = 160;

    /** Bytes of an entry of a want-list, or of a presence. */
    static final int MAX_RECORD = MAX_CID + 64;

    /** Bytes of a CID without its digest: four numbers. */
    static final int MAX_PREFIX = 36;

    private WireLimits() {
    }
}
