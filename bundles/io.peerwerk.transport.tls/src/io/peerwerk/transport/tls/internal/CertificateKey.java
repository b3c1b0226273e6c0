// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import io.peerwerk.core.wire.FormatException;

/**
 * The kinds of keys that certificates may have: those that checking a signature with costs little. Sizes are checked
 * before there is any mathematics with a key; curves go by their names only.
 */
public final class CertificateKey {

    /** Bits of the modulus, at least and at most. */
    static final int MIN_RSA_BITS = 2048;
    static final int MAX_RSA_BITS = 8192;

    /** Bits of the public exponent at most: larger ones cost more and serve nobody. */
    static final int MAX_EXPONENT_BITS = 32;

    private static final Set<ASN1ObjectIdentifier> CURVES = Set.of(SECObjectIdentifiers.secp256r1,
            SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private CertificateKey() {
    }

    /** The key, ready to check signatures with. */
    public static PublicKey of(SubjectPublicKeyInfo info) throws FormatException {
        ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            checkCurve(info.getAlgorithm().getParameters());
            return key("EC", info);
        }
        if (kind.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return key("Ed25519", info);
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            checkRsa(info);
            return key("RSA", info);
        }
        throw new FormatException("a certificate with a key of the kind " + kind);
    }

    private static void checkCurve(ASN1Encodable curve) throws FormatException {
        if (!(curve instanceof ASN1ObjectIdentifier name) || !CURVES.contains(name)) {
            throw new FormatException("a certificate with a key on a curve other than P-256, P-384 and P-521");
        }
    }

    private static void checkRsa(SubjectPublicKeyInfo info) throws FormatException {
        RSAPublicKey key;
        try {
            key = RSAPublicKey.getInstance(info.parsePublicKey());
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FormatException("a certificate with a malformed RSA key");
        }
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || key.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
            throw new FormatException("a certificate with an RSA key of " + bits + " bits, exponent of "
                    + key.getPublicExponent().bitLength());
        }
    }

    private static PublicKey key(String kind, SubjectPublicKeyInfo info) throws FormatException {
        try {
            return KeyFactory.getInstance(kind)
                    .generatePublic(new X509EncodedKeySpec(info.getEncoded(ASN1Encoding.DER)));
        } catch (GeneralSecurityException | IOException e) {
            throw new FormatException("a certificate with a malformed key: " + e.getMessage());
        }
    }
}
