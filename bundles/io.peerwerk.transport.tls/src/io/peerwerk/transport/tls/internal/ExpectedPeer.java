// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.util.Optional;

import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.PeerTrust;

/** Whom one handshake trusts: any peer that proves its key, or just the one that was dialled. */
final class ExpectedPeer extends PeerTrust {

    private final Optional<PeerId> expected;
    private @Nullable PublicKey key;
    private @Nullable IOException refused;

    ExpectedPeer(Optional<PeerId> expected) {
        this.expected = expected;
    }

    /** The key of the peer; null as long as none was trusted. */
    @Nullable PublicKey key() {
        return key;
    }

    /** Why the peer was not trusted; null if it was, or was not asked about. */
    @Nullable IOException refused() {
        return refused;
    }

    @Override
    protected void proved(PublicKey shown, SSLEngine engine) throws FormatException {
        PeerId peer = shown.toPeerId();
        if (expected.isPresent() && !expected.get().equals(peer)) {
            throw new FormatException("another peer is there: " + peer);
        }
        key = shown;
    }

    @Override
    protected void refused(FormatException why, SSLEngine engine) {
        refused = why;
    }
}
