// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;

/**
 * Trusts the certificates of peers, which vouch for the peer's own key, where others trust authorities. It is asked
 * when a certificate has come and before the engine checks anything with the key in it; only engines ask, on whatever
 * thread their handshake runs.
 *
 * @see PeerCertificate#verify
 */
public abstract class PeerTrust extends X509ExtendedTrustManager {

    private static final X509Certificate[] NOBODY = {};

    /**
     * A peer has proved in the handshake of an engine that it has a key.
     *
     * @throws FormatException if it is not the peer that is wanted
     */
    protected abstract void proved(PublicKey key, SSLEngine engine) throws FormatException;

    /** What was shown in the handshake of an engine is refused. */
    protected abstract void refused(FormatException why, SSLEngine engine);

    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        try {
            proved(verified(chain), engine);
        } catch (FormatException e) {
            refused(e, engine);
            throw new CertificateException(e.getMessage(), e);
        }
    }

    /** Whatever the libraries that read certificates throw is the certificate's fault. */
    private static PublicKey verified(X509Certificate[] chain) throws FormatException {
        try {
            return PeerCertificate.verify(chain);
        } catch (RuntimeException e) {
            throw new FormatException("a certificate that cannot be read: " + e.getMessage());
        }
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return NOBODY;
    }

    // ---- nobody but engines

    private static CertificateException noEngine() {
        return new CertificateException("the handshake is not known");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw noEngine();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw noEngine();
    }
}
