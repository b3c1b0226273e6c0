// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

import javax.net.ssl.SSLEngine;

import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.PeerTrust;

/**
 * Trusts any peer, and keeps for each handshake what it has shown: the key, or why it was refused. A handshake that
 * showed nothing here (one that resumes an older session) has no key, and is refused for that.
 */
final class ShownKeys extends PeerTrust {

    private final Map<SSLEngine, PublicKey> keys = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<SSLEngine, String> refusals = Collections.synchronizedMap(new WeakHashMap<>());

    /** The key that the peer has proved in the handshake of an engine; given once. */
    Optional<PublicKey> key(SSLEngine engine) {
        return Optional.ofNullable(keys.remove(engine));
    }

    /** Why the peer's certificate was refused in the handshake of an engine. */
    Optional<String> refusal(SSLEngine engine) {
        return Optional.ofNullable(refusals.get(engine));
    }

    @Override
    protected void proved(PublicKey key, SSLEngine engine) {
        keys.put(engine, key);
    }

    @Override
    protected void refused(FormatException why, SSLEngine engine) {
        refusals.put(engine, why.getMessage());
    }
}
