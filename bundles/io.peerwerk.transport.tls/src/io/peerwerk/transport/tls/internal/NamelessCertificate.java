// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.PeerCertificate;

/** A certificate of a libp2p peer that has empty names, in the form that the JDK's TLS engine handles. */
final class NamelessCertificate extends X509Certificate {

    private static final long serialVersionUID = 1L;
    private static final X500Principal NOBODY = new X500Principal("");

    private final transient CertificateReader reader;
    private final transient TBSCertificate body;
    private final transient Extensions extensions;
    private final PublicKey key;

    private NamelessCertificate(CertificateReader reader) throws FormatException {
        this.reader = reader;
        this.body = reader.certificate().getTBSCertificate();
        this.extensions = body.getExtensions();
        this.key = reader.key();
    }

    /**
     * Reads one. Checks no signature.
     *
     * @throws FormatException if it is malformed, has an issuer, or no signed key of libp2p
     */
    static NamelessCertificate read(byte[] bytes) throws FormatException {
        if (bytes.length > PeerCertificate.MAX_BYTES) {
            throw new FormatException("a certificate longer than " + PeerCertificate.MAX_BYTES);
        }
        CertificateReader reader = CertificateReader.parse(bytes);
        if (!reader.isNameless()) {
            throw new FormatException("a certificate with an issuer");
        }
        SignedKey.parse(reader.extension(SignedKey.OID));
        return new NamelessCertificate(reader);
    }

    @Override
    public PublicKey getPublicKey() {
        return key;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return encoded(reader.certificate());
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return encoded(body);
    }

    private static byte[] encoded(ASN1Object object) throws CertificateEncodingException {
        try {
            return object.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new CertificateEncodingException(e);
        }
    }

    @Override
    public void verify(PublicKey by) throws SignatureException {
        if (!by.equals(key)) {
            throw new SignatureException("signed by its own key, if by any");
        }
        try {
            reader.checkSelfSignature();
        } catch (FormatException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    public void verify(PublicKey by, String provider) throws SignatureException {
        verify(by);
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        checkValidity(new Date());
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        if (date.before(getNotBefore())) {
            throw new CertificateNotYetValidException();
        }
        if (date.after(getNotAfter())) {
            throw new CertificateExpiredException();
        }
    }

    @Override
    public int getVersion() {
        return body.getVersionNumber();
    }

    @Override
    public BigInteger getSerialNumber() {
        return body.getSerialNumber().getValue();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        return NOBODY;
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return NOBODY;
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        try {
            return new X500Principal(body.getSubject().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a name that was read cannot be written", e);
        }
    }

    @Override
    public Date getNotBefore() {
        return body.getStartDate().getDate();
    }

    @Override
    public Date getNotAfter() {
        return body.getEndDate().getDate();
    }

    @Override
    public byte[] getSignature() {
        return reader.certificate().getSignature().getBytes();
    }

    @Override
    public String getSigAlgName() {
        return getSigAlgOID();
    }

    @Override
    public String getSigAlgOID() {
        return body.getSignature().getAlgorithm().getId();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        try {
            reader.checkCriticalExtensions();
            return false;
        } catch (FormatException e) {
            return true;
        }
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return ids(extensions.getCriticalExtensionOIDs());
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return ids(extensions.getNonCriticalExtensionOIDs());
    }

    private static Set<String> ids(ASN1ObjectIdentifier[] oids) {
        var ids = new HashSet<String>();
        for (ASN1ObjectIdentifier oid : oids) {
            ids.add(oid.getId());
        }
        return ids;
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        Extension extension = extensions.getExtension(new ASN1ObjectIdentifier(oid));
        try {
            return extension == null ? null : extension.getExtnValue().getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("an extension that was read cannot be written", e);
        }
    }

    @Override
    public String toString() {
        return "NamelessCertificate[" + key + "]";
    }
}
