// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;

/**
 * The libp2p public key extension: an identity key, and its signature of the certificate's key.
 *
 * <pre>
 *   SignedKey ::= SEQUENCE { publicKey OCTET STRING, signature OCTET STRING }
 * </pre>
 *
 * @param key       the identity key
 * @param signature over {@code "libp2p-tls-handshake:"} and the certificate's key as a SubjectPublicKeyInfo
 */
public record SignedKey(PublicKey key, byte[] signature) {

    /** The extension's name, of the numbers that are libp2p's. */
    public static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");

    /** The longest extension, in bytes: an RSA key and signature of 8192 bits and their headers. */
    static final int MAX_BYTES = PublicKey.MAX_BYTES + SignedKey.MAX_SIGNATURE + 12;

    /** The longest signature, in bytes: of an RSA key of 8192 bits. */
    static final int MAX_SIGNATURE = 1024;

    private static final byte[] PREFIX = "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);

    /** Signs the key of a certificate, given as a SubjectPublicKeyInfo. */
    public static SignedKey of(Identity identity, byte[] certificateKey) {
        return new SignedKey(identity.publicKey(), identity.sign(message(certificateKey)));
    }

    /** Reads the extension's value: both fields, in DER, and nothing else. Checks no signature. */
    public static SignedKey parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a signed key of " + bytes.length + " bytes is longer than " + MAX_BYTES);
        }
        ASN1Sequence fields = Der.read(bytes, ASN1Sequence.class);
        if (fields.size() != 2 || !(fields.getObjectAt(0) instanceof ASN1OctetString key)
                || !(fields.getObjectAt(1) instanceof ASN1OctetString signature)) {
            throw new FormatException("a signed key is a key and a signature");
        }
        if (signature.getOctetsLength() > MAX_SIGNATURE) {
            throw new FormatException("a signature of " + signature.getOctetsLength() + " bytes");
        }
        return new SignedKey(PublicKey.parse(key.getOctets()), signature.getOctets());
    }

    /**
     * The identity key, if it has signed the key of this certificate.
     *
     * @throws FormatException if it has not
     */
    public PublicKey checked(byte[] certificateKey) throws FormatException {
        if (!key.verify(message(certificateKey), signature)) {
            throw new FormatException("the identity key in a certificate has not signed the certificate's key");
        }
        return key;
    }

    /** The extension's value. */
    public byte[] toBytes() {
        var fields = new ASN1EncodableVector();
        fields.add(new DEROctetString(key.toBytes()));
        fields.add(new DEROctetString(signature));
        try {
            return new DERSequence(fields).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("two byte strings that cannot be written", e);
        }
    }

    private static byte[] message(byte[] certificateKey) {
        byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + certificateKey.length);
        System.arraycopy(certificateKey, 0, message, PREFIX.length, certificateKey.length);
        return message;
    }
}
