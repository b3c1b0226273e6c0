// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.internal.CertificateReader;
import io.peerwerk.transport.tls.internal.SignedKey;

/**
 * The certificate that a peer shows in a TLS handshake: self-signed with a key of its own, which the peer's identity
 * key vouches for in an extension. Immutable, thread-safe; one may serve any number of handshakes.
 *
 * <p>The private key is in memory only.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/tls/tls.md#peer-authentication">libp2p TLS: Peer
 *     Authentication</a>
 */
public final class PeerCertificate {

    /** The longest certificate that is looked at, in bytes: two RSA keys of 8192 bits and their signatures fit twice. */
    public static final int MAX_BYTES = 8 * 1024;

    /** Peers whose clocks are behind by less take the certificate. */
    private static final Duration BEHIND = Duration.ofHours(1);

    /** About a century, as other implementations have it: the certificate lives as long as its process does. */
    private static final Duration LIFE = Duration.ofDays(36_500);

    private static final int SERIAL_BITS = 64;

    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    private PeerCertificate(X509Certificate certificate, PrivateKey privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /** A new certificate with a fresh ECDSA key on the curve P-256, valid from now on. Takes some milliseconds. */
    public static PeerCertificate of(Identity identity, SecureRandom random) {
        return of(identity, random, Instant.now());
    }

    static PeerCertificate of(Identity identity, SecureRandom random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            return new PeerCertificate(certificate(pair, SignedKey.of(identity, pair.getPublic().getEncoded()), random,
                    now), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("this Java cannot make ECDSA certificates", e);
        }
    }

    private static X509Certificate certificate(KeyPair pair, SignedKey signed, SecureRandom random, Instant now)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Name name = new X500NameBuilder().addRDN(BCStyle.SERIALNUMBER, number(random).toString()).build();
        var builder = new JcaX509v3CertificateBuilder(name, number(random), Date.from(now.minus(BEHIND)),
                Date.from(now.plus(LIFE)), name, pair.getPublic());
        builder.addExtension(new Extension(SignedKey.OID, false, signed.toBytes()));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static BigInteger number(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The private key that the certificate is of; no relation of the identity's. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /**
     * Checks what a peer has shown: exactly one certificate, valid now, signed by its own key, holding an identity key
     * that has signed the certificate's key. Never blocks; takes about a millisecond, for an RSA key of 8192 bits two.
     *
     * <p>Uses only the certificate's encoded form, so that it does not matter who has parsed it, or whether anybody.
     *
     * @return the identity key of the peer
     * @throws FormatException if anything is not as it must be; says what
     */
    public static PublicKey verify(X509Certificate[] chain) throws FormatException {
        if (chain.length != 1) {
            throw new FormatException("a peer must show one certificate, not " + chain.length);
        }
        try {
            return verify(chain[0].getEncoded(), Instant.now());
        } catch (CertificateEncodingException e) {
            throw new FormatException("a certificate that has no binary form");
        }
    }

    /** Checks a certificate in DER, as {@link #verify(X509Certificate[])} does, at a time of one's choice. */
    public static PublicKey verify(byte[] certificate, Instant now) throws FormatException {
        if (certificate.length > MAX_BYTES) {
            throw new FormatException("a certificate of " + certificate.length + " bytes is longer than " + MAX_BYTES);
        }
        CertificateReader reader = CertificateReader.parse(certificate);
        reader.checkValidAt(now);
        reader.checkCriticalExtensions();
        SignedKey signed = SignedKey.parse(reader.extension(SignedKey.OID));
        reader.checkSelfSignature();
        return signed.checked(reader.encodedKey());
    }
}
