// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.tls.internal.SignedKey;

/** Makes certificates as peers should and should not. */
public final class CertificateForge {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Identity identity = Identity.generate(RANDOM);
    private final KeyPair pair;
    private final String algorithm;
    private SubjectPublicKeyInfo key;
    private PrivateKey signer;
    private Instant from = NOW.minusSeconds(10);
    private Instant until = NOW.plusSeconds(10);
    private UnaryOperator<X509v3CertificateBuilder> change = builder -> builder;
    private byte[] extension;

    private CertificateForge(KeyPair pair, String algorithm) {
        this.pair = pair;
        this.algorithm = algorithm;
        this.key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        this.signer = pair.getPrivate();
    }

    static CertificateForge onCurve(String curve, String algorithm) {
        return new CertificateForge(pair("EC", new ECGenParameterSpec(curve)), algorithm);
    }

    public static CertificateForge plain() {
        return onCurve("secp256r1", "SHA256withECDSA");
    }

    static CertificateForge rsa(int bits, BigInteger exponent) {
        return new CertificateForge(pair("RSA", new RSAKeyGenParameterSpec(bits, exponent)), "SHA256withRSA");
    }

    static CertificateForge ed25519() {
        try {
            return new CertificateForge(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "Ed25519");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair pair(String kind, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Identity identity() {
        return identity;
    }

    public CertificateForge valid(Instant first, Instant last) {
        from = first;
        until = last;
        return this;
    }

    /** Another key than the one it is signed with. */
    CertificateForge showing(SubjectPublicKeyInfo other) {
        key = other;
        return this;
    }

    CertificateForge signedWith(PrivateKey other) {
        signer = other;
        return this;
    }

    CertificateForge with(UnaryOperator<X509v3CertificateBuilder> more) {
        change = more;
        return this;
    }

    CertificateForge with(String oid, boolean critical, byte[] value) {
        return with(builder -> {
            try {
                return builder.addExtension(new Extension(new ASN1ObjectIdentifier(oid), critical, value));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Another content of libp2p's extension; empty for none. */
    public CertificateForge extension(byte[] content) {
        extension = content;
        return this;
    }

    public KeyPair pair() {
        return pair;
    }

    public byte[] make() {
        try {
            var name = new X500Name("CN=forged");
            var builder = new X509v3CertificateBuilder(name, BigInteger.ONE, Date.from(from), Date.from(until), name,
                    key);
            byte[] content = extension == null ? SignedKey.of(identity, key.getEncoded()).toBytes() : extension;
            if (content.length > 0) {
                builder.addExtension(new Extension(SignedKey.OID, true, content));
            }
            return change.apply(builder).build(new JcaContentSignerBuilder(algorithm).build(signer)).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
