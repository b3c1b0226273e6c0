// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Checks signatures of the four kinds of keys. Keys and signatures come from outside: each is bounded before there is
 * any mathematics with it, and whatever is malformed is simply no valid signature.
 *
 * <p>Bouncy Castle does the two kinds that the JDK is slow at or has not got.
 */
final class Signatures {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_RSA_EXPONENT_BITS = 32;
    private static final int MAX_EC_BITS = 521;
    /** Two 32-byte numbers in DER. */
    private static final int MAX_SECP256K1_SIGNATURE = 72;

    private Signatures() {
    }

    /** RFC 8032. Keys of small order, which would accept signatures that nobody made, verify nothing. */
    static boolean ed25519(byte[] key, byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    /** RSASSA-PKCS1-v1_5 over SHA2-256. */
    static boolean rsa(byte[] key, byte[] message, byte[] signature) {
        try {
            var rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
            int bits = rsa.getModulus().bitLength();
            return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS
                    && rsa.getPublicExponent().bitLength() <= MAX_RSA_EXPONENT_BITS
                    && jdk("SHA256withRSA", rsa, message, signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** ECDSA over SHA2-256 on a named curve of the JDK, signature in DER. */
    static boolean ecdsa(byte[] key, byte[] message, byte[] signature) {
        try {
            var ec = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key));
            return ec.getParams().getOrder().bitLength() <= MAX_EC_BITS
                    && jdk("SHA256withECDSA", ec, message, signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** ECDSA over SHA2-256 on Bitcoin's curve, signature in DER. */
    static boolean secp256k1(byte[] key, byte[] message, byte[] signature) {
        if (signature.length > MAX_SECP256K1_SIGNATURE) {
            return false;
        }
        try {
            X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
            var signer = new ECDSASigner();
            var point = curve.getCurve().decodePoint(key);
            signer.init(false, new ECPublicKeyParameters(point, new ECDomainParameters(curve)));
            BigInteger[] numbers = StandardDSAEncoding.INSTANCE.decode(curve.getN(), signature);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message);
            return signer.verifySignature(hash, numbers[0], numbers[1]);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException | ClassCastException e) {
            return false; // the last is how Bouncy Castle refuses a signature of something else than two numbers
        }
    }

    private static boolean jdk(String algorithm, java.security.PublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(key);
        check.update(message);
        return check.verify(signature);
    }
}
