// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.Properties;

import io.peerwerk.core.wire.FormatException;

/**
 * An X.509 certificate from a stranger, read strictly: version 3, in DER, without the deprecated unique ids. Names are
 * not looked at, and may be empty, as those that rust-libp2p and js-libp2p write are: the peer is named by its key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4">RFC 5280, section 4</a>
 */
public final class CertificateReader {

    /** Signature algorithms, as the JDK calls them. No SHA-1, no parameters. */
    private static final Map<ASN1ObjectIdentifier, String> SIGNATURES = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA384withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA512withECDSA",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519",
            PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA256withRSA",
            PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA384withRSA",
            PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA512withRSA");

    /** What may be critical. Basic constraints say nothing of a certificate that vouches for no other one. */
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
            Set.of(SignedKey.OID, Extension.keyUsage, Extension.basicConstraints);

    private final Certificate certificate;
    private final TBSCertificate body;
    private final Extensions extensions;

    private CertificateReader(Certificate certificate) throws FormatException {
        this.certificate = certificate;
        this.body = certificate.getTBSCertificate();
        if (body.getVersionNumber() != 3 || body.getExtensions() == null) {
            throw new FormatException("a certificate that is not of version 3, with extensions");
        }
        if (body.getIssuerUniqueId() != null || body.getSubjectUniqueId() != null) {
            throw new FormatException("a certificate with unique ids");
        }
        if (!certificate.getSignatureAlgorithm().equals(body.getSignature())) {
            throw new FormatException("a certificate that names two signature algorithms");
        }
        this.extensions = body.getExtensions();
    }

    /** Reads a certificate, whose length the caller has bounded. Checks no signature. */
    public static CertificateReader parse(byte[] bytes) throws FormatException {
        ASN1Sequence fields = Der.read(bytes, ASN1Sequence.class);
        Properties.setThreadOverride(Properties.X509_ALLOW_EMPTY_ISSUER_CERT, true);
        try {
            return new CertificateReader(Certificate.getInstance(fields));
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FormatException("a malformed certificate: " + e.getMessage());
        } finally {
            Properties.removeThreadOverride(Properties.X509_ALLOW_EMPTY_ISSUER_CERT);
        }
    }

    /** @throws FormatException if this is not a time between the certificate's first and last */
    public void checkValidAt(Instant now) throws FormatException {
        try {
            if (body.getStartDate().getDate().toInstant().isAfter(now)) {
                throw new FormatException("a certificate that is not valid yet");
            }
            if (body.getEndDate().getDate().toInstant().isBefore(now)) {
                throw new FormatException("a certificate that has expired");
            }
        } catch (IllegalStateException e) {
            throw new FormatException("a certificate with a date that is none");
        }
    }

    /** @throws FormatException if something is critical that is not understood, or the key must not sign */
    public void checkCriticalExtensions() throws FormatException {
        for (ASN1ObjectIdentifier oid : extensions.getCriticalExtensionOIDs()) {
            if (!UNDERSTOOD.contains(oid)) {
                throw new FormatException("a certificate with an unknown critical extension " + oid);
            }
        }
        try {
            KeyUsage usage = KeyUsage.fromExtensions(extensions);
            if (usage != null && !usage.hasUsages(KeyUsage.digitalSignature)) {
                throw new FormatException("a certificate whose key must not sign");
            }
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FormatException("a certificate with a malformed key usage");
        }
    }

    /**
     * The value of an extension.
     *
     * @throws FormatException if it is not there
     */
    public byte[] extension(ASN1ObjectIdentifier oid) throws FormatException {
        Extension extension = extensions.getExtension(oid);
        if (extension == null) {
            throw new FormatException("a certificate without the extension " + oid);
        }
        return extension.getExtnValue().getOctets();
    }

    /** Whether the issuer is the empty name. */
    boolean isNameless() {
        return body.getIssuer().size() == 0;
    }

    Certificate certificate() {
        return certificate;
    }

    /** The certificate's key, ready to check signatures with. */
    PublicKey key() throws FormatException {
        return CertificateKey.of(body.getSubjectPublicKeyInfo());
    }

    /** The certificate's key as a SubjectPublicKeyInfo. */
    public byte[] encodedKey() throws FormatException {
        try {
            return body.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new FormatException("a malformed key in a certificate");
        }
    }

    /** @throws FormatException if the certificate is not signed by its own key, or its key is of no kind that is taken */
    public void checkSelfSignature() throws FormatException {
        String algorithm = SIGNATURES.get(body.getSignature().getAlgorithm());
        if (algorithm == null) {
            throw new FormatException("a certificate signed with " + body.getSignature().getAlgorithm());
        }
        if (certificate.getSignature().getPadBits() != 0) {
            throw new FormatException("a certificate's signature that is not whole bytes");
        }
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key());
            check.update(body.getEncoded(ASN1Encoding.DER));
            if (check.verify(certificate.getSignature().getBytes())) {
                return;
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new FormatException("a certificate whose signature cannot be checked: " + e.getMessage());
        }
        throw new FormatException("a certificate that is not signed by its own key");
    }
}
