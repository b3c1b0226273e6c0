// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A question or an answer.
 *
 * @param type      what is asked, or was
 * @param key       a record's key, a multihash of content, or a peer id; empty in a ping
 * @param record    a value that is put or was found
 * @param closer    peers closer to the key than the one that answers
 * @param providers peers that have the content
 */
public record KadMessage(KadType type, Octets key, @Nullable KadRecord record, List<KadPeer> closer,
        List<KadPeer> providers) {

    /** Copies the lists. */
    public KadMessage {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
    }

    /** A message with nothing but a key. */
    public static KadMessage of(KadType type, Octets key) {
        return new KadMessage(type, key, null, List.of(), List.of());
    }

    /** A request to keep a value. */
    public static KadMessage put(KadRecord record) {
        return new KadMessage(KadType.PUT_VALUE, record.key(), record, List.of(), List.of());
    }

    /** A request to keep that the peer has the content. */
    public static KadMessage announce(Octets content, KadPeer provider) {
        return new KadMessage(KadType.ADD_PROVIDER, content, null, List.of(), List.of(provider));
    }
}
