// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.placement;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;

/** Ranks peers for a thing: everyone who knows the same peers gets the same order, and each thing has its own. */
public final class Rendezvous {

    private record Scored(PeerId peer, long score) {
    }

    /** Highest score first; the order of ids decides in the unlikely case of equal ones. */
    private static final Comparator<Scored> ORDER = Comparator
            .comparing(Scored::score, Long::compareUnsigned).reversed().thenComparing(Scored::peer);

    private Rendezvous() {
    }

    /** The group of a chunk whose first shard has this name: the peers that have one chunk of a group have them all. */
    public static int group(Cid firstShard) {
        return firstShard.hash().digest()[0] & 0xff;
    }

    /** The peers, ranked for the chunks of a {@linkplain #group group}. */
    public static List<PeerId> rank(int group, Collection<PeerId> peers) {
        return rank(new byte[] {(byte) group}, peers);
    }

    /** The peers, ranked for a block that is no shard, such as a manifest. */
    public static List<PeerId> rank(Cid block, Collection<PeerId> peers) {
        return rank(block.toBytes(), peers);
    }

    private static List<PeerId> rank(byte[] thing, Collection<PeerId> peers) {
        MessageDigest sha256 = Multihash.sha256Function();
        List<Scored> scored = new ArrayList<>(peers.size());
        for (PeerId peer : peers) {
            sha256.update(thing);
            scored.add(new Scored(peer, ByteBuffer.wrap(sha256.digest(peer.toBytes())).getLong()));
        }
        scored.sort(ORDER);
        return scored.stream().map(Scored::peer).toList();
    }
}
