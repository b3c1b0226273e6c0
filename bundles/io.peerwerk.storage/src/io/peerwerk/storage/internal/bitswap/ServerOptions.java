// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

/**
 * What a peer that serves blocks gives to each of the others.
 *
 * @param wantsPerPeer wants that are kept of one peer; beyond, those with less priority give way
 * @param wants        wants that are kept of all peers together; beyond, those of the peer with the most give way
 * @param smallBlock   bytes up to which a block is sent to a peer that only asked whether it is there
 * @param active       peers to which something is being sent at the same time; each takes some MiB of memory meanwhile
 * @param accounts     peers whose accounts are kept; beyond, the one heard least recently is forgotten
 */
public record ServerOptions(int wantsPerPeer, int wants, int smallBlock, int active, int accounts) {

    /** Blocks of one turn. */
    static final int TURN_BLOCKS = 32;

    /** Bytes of blocks of one turn, from which on no further block is taken; and presences of one turn. */
    static final long TURN_BYTES = 1 << 20;
    static final int TURN_PRESENCES = 1024;

    /** Standard: 1024 wants a peer, as others have it, and about 50 MB for those of all. */
    public static ServerOptions standard() {
        return new ServerOptions(1024, 128 << 10, 1024, 32, 4096);
    }
}
