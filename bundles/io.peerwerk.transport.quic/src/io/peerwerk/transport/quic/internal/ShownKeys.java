// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * Trusts the certificates of libp2p peers, which vouch for the peer's own key, and keeps for each handshake what it has
 * shown: the key, or why it was refused. A handshake that showed nothing here (one that resumes an older session) has
 * no key, and is refused for that.
 */
final class PeerTrust extends X509ExtendedTrustManager {

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

    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        try {
            keys.put(engine, PeerCertificate.verify(chain));
        } catch (FormatException e) {
            refusals.put(engine, e.getMessage());
            throw new CertificateException(e.getMessage(), e);
        } catch (RuntimeException e) {
            refusals.put(engine, "a certificate that cannot be read: " + e.getMessage());
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("QUIC has no such sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("QUIC has no such sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("the handshake is not known");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("the handshake is not known");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
