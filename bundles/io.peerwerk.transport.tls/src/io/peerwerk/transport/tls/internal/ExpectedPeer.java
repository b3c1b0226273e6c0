// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * Whom one handshake trusts: any peer that proves its key, or just the one that was dialled. It is asked when the
 * certificate has come and before the engine checks anything with its key.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    private static final X509Certificate[] NOBODY = {};

    private final Optional<PeerId> expected;
    private @Nullable PublicKey key;
    private @Nullable IOException refused;

    PeerTrust(Optional<PeerId> expected) {
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

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            PublicKey shown = PeerCertificate.verify(chain);
            PeerId peer = shown.toPeerId();
            if (expected.isPresent() && !expected.get().equals(peer)) {
                throw new FormatException("another peer is there: " + peer);
            }
            key = shown;
        } catch (FormatException e) {
            refused = e;
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NOBODY;
    }

    // ---- sockets are not used

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain);
    }
}
