// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.security.cert.CertPath;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.peerwerk.core.Registration;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * Lets the JDK's TLS engine read certificates of peers without names in them.
 *
 * <p>rust-libp2p and js-libp2p write certificates with an empty issuer and subject. The JDK's parser refuses these, and
 * its engine takes whatever parser the first security provider has: there is no other way to give it one. So while TLS
 * is in use this provider is the first of the JVM. It gives everything to the parser that was first before, and steps in
 * only where that one has failed, and only for certificates with libp2p's extension and an empty issuer. Parsing is not
 * trusting: nobody but {@link io.peerwerk.transport.tls.PeerTrust} trusts such a certificate.
 */
final class NamelessCertificates extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "PeerwerkTLS";
    private static final String TYPE = "CertificateFactory";
    private static final String KIND = "X.509";

    private static int users;

    private NamelessCertificates() {
        super(NAME, "1", "certificates of libp2p peers");
        putService(new Service(this, TYPE, KIND, Parser.class.getName(), List.of("X509"), null) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                return new Parser(next());
            }
        });
    }

    /** Makes this provider the JVM's first for as long as any registration is open. */
    static Registration install() {
        synchronized (NamelessCertificates.class) {
            if (users++ == 0) {
                Security.insertProviderAt(new NamelessCertificates(), 1);
            }
        }
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                leave();
            }
        };
    }

    private static synchronized void leave() {
        if (--users == 0) {
            Security.removeProvider(NAME);
        }
    }

    /** The parser that the JVM would use without this provider. */
    private static CertificateFactory next() throws NoSuchAlgorithmException {
        for (Provider provider : Security.getProviders(TYPE + '.' + KIND)) {
            if (!provider.getName().equals(NAME)) {
                try {
                    return CertificateFactory.getInstance(KIND, provider);
                } catch (CertificateException e) {
                    throw new NoSuchAlgorithmException("the X.509 of " + provider + " does not start", e);
                }
            }
        }
        throw new NoSuchAlgorithmException("this Java has no X.509");
    }

    /** That parser, and what it refuses. */
    private static final class Parser extends CertificateFactorySpi {

        private final CertificateFactory next;

        private Parser(CertificateFactory next) {
            this.next = next;
        }

        /** Steps in where the stream can be read again, as the engine's can. */
        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            if (!(in instanceof ByteArrayInputStream bytes)) {
                return next.generateCertificate(in);
            }
            bytes.mark(0);
            try {
                return next.generateCertificate(bytes);
            } catch (CertificateException refused) {
                bytes.reset();
                try {
                    return NamelessCertificate.read(bytes.readNBytes(PeerCertificate.MAX_BYTES + 1));
                } catch (IOException e) {
                    refused.addSuppressed(e);
                    throw refused;
                }
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return next.generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return next.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return next.generateCRLs(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
            return next.generateCertPath(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in, String encoding) throws CertificateException {
            return next.generateCertPath(in, encoding);
        }

        @Override
        public CertPath engineGenerateCertPath(List<? extends Certificate> certificates) throws CertificateException {
            return next.generateCertPath(certificates);
        }

        @Override
        public Iterator<String> engineGetCertPathEncodings() {
            return next.getCertPathEncodings();
        }
    }
}
