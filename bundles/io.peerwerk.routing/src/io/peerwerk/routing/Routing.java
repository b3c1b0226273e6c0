// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;

/**
 * Finds peers, providers of content and small records in the distributed hash table. Each call asks public and local
 * peers at the same time and merges what they say.
 *
 * <p>Methods that throw {@link IOException} block, for a minute and a half at most, and may be called on any thread but
 * a network library's own; an interrupt ends the wait with {@link java.io.InterruptedIOException}. What strangers say
 * is not proved unless stated: addresses are claims until a connection is made, providers may not have what they
 * announce. Values are checked against their key.
 */
public interface Routing {

    /** The most bytes of a value. */
    int MAX_VALUE = 10 * 1024;

    /** The most bytes of a key. */
    int MAX_KEY = 256;

    /**
     * Where a peer is, if anybody knows. The host remembers the addresses.
     *
     * @throws IOException if no other peer of the table is known
     */
    Optional<FoundPeer> findPeer(PeerId peer) throws IOException;

    /** The peers closest to a key that answer, public ones and local ones, closest first: 20 at most. */
    List<FoundPeer> closestPeers(byte[] key) throws IOException;

    /**
     * Tells the peers closest to the content that this peer has it, and again every 22 hours, or sooner where peers of
     * the tables go sooner, until {@link #unprovide} or the end of this service. Codec and version of the id do not
     * count, its hash does.
     *
     * @return how many peers have been told
     * @throws IOException if none could be told
     */
    int provide(Cid content) throws IOException;

    /** Does not tell any more that this peer has the content; what was told runs out within two days. */
    void unprovide(Cid content);

    /**
     * Peers that say they have the content, with the addresses they gave; this peer is not among them. Ends early when
     * so many are found.
     *
     * @param limit 1 or more
     */
    List<FoundPeer> findProviders(Cid content, int limit) throws IOException;

    /**
     * Stores a value at the peers closest to its key.
     *
     * @param key {@code /pk/} or {@code /ipns/} and then the bytes of a peer id
     * @return how many peers have stored it
     * @throws io.peerwerk.core.wire.FormatException if it is not a valid value of this key
     * @throws IOException if none stored it
     */
    int putValue(byte[] key, byte[] value) throws IOException;

    /**
     * The best valid value of a key that is found. Those of the closest peers that have none or an older one are given
     * it.
     *
     * @param key as in {@link #putValue}
     */
    Optional<byte[]> getValue(byte[] key) throws IOException;

    /**
     * Points this peer's own name to something else, by a signed record of IPNS. Its number is one more than that of
     * the record found in the network.
     *
     * @param value    a path such as {@code /ipfs/bafy…}, of 1024 characters at most
     * @param lifetime how long the record is valid, ten years at most
     * @return how many peers have stored it
     * @throws io.peerwerk.core.wire.FormatException if it is longer than that
     */
    int publishName(String value, Duration lifetime) throws IOException;

    /** What the name of a peer points to, if there is a valid record. */
    Optional<NameRecord> resolveName(PeerId name) throws IOException;

    /**
     * Proposes a peer for the tables, such as one that gossip has met. It is asked first whether it takes part, in the
     * background; never blocks.
     *
     * @param addresses where it may be; none if the host knows
     */
    void offer(PeerId peer, Collection<Multiaddr> addresses);

    /**
     * Says that a peer seems to be gone, such as one that gossip holds for dead. If it stands in a table it is asked,
     * in the background, and leaves the table if it does not answer; never blocks.
     */
    void doubt(PeerId peer);

    /** The tables at this moment. */
    RoutingSnapshot snapshot();
}
