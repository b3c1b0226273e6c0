// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

/**
 * How many peers of one {@link Network} are taken, so that whoever has many addresses in one has no more say than
 * others. Peers on this machine are not counted.
 *
 * @param perTable  in the whole table; with fewer an attacker needs more networks to surround this peer, and peers in
 *                  the networks of large providers are known to fewer others
 * @param perBucket in one bucket
 * @param perLookup among the peers that a lookup gives; others of the same network are neither asked nor given
 */
public record Diversity(int perTable, int perBucket, int perLookup) {

    /** For public peers. */
    public static final Diversity STANDARD = new Diversity(3, 2, 3);

    /** For local peers, who share a network by their nature. */
    public static final Diversity NONE = new Diversity(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
