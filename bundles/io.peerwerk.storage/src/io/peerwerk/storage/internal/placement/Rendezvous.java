// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.placement;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.peerwerk.core.identity.PeerId;

/** Ranks peers for a thing: everyone who knows the same peers gets the same order, and each thing has its own. */
public final class Rendezvous {

    private record Scored(PeerId peer, long score) {
    }

    /** Highest score first; the order of ids decides in the unlikely case of equal ones. */
    private static final Comparator<Scored> ORDER = Comparator
            .comparing(Scored::score, Long::compareUnsigned).reversed().thenComparing(Scored::peer);

    private Rendezvous() {
    }

    /** The peers, ranked for chunk {@code chunk} of the file with this label. */
    public static List<PeerId> rank(byte[] label, long chunk, Collection<PeerId> peers) {
        MessageDigest sha256 = sha256();
        List<Scored> scored = new ArrayList<>(peers.size());
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(chunk).array();
        for (PeerId peer : peers) {
            sha256.update(label);
            sha256.update(number);
            scored.add(new Scored(peer, ByteBuffer.wrap(sha256.digest(peer.toBytes())).getLong()));
        }
        scored.sort(ORDER);
        return scored.stream().map(Scored::peer).toList();
    }

    /** The peers, ranked for a thing that is no chunk, such as a manifest. */
    public static List<PeerId> rank(byte[] label, Collection<PeerId> peers) {
        return rank(label, -1, peers);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
