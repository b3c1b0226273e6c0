// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

    private static final String ED25519 = "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String SECP256K1 =
            "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99";
    private static final String SECP256K1_SECRET = "53DADF1D5A164D6B4ACDB15E24AA4C5B1D3461BDBD42ABEDB0A4404D56CED8FB";
    private static final String ECDSA =
            "0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004de3d300fa36ae0e8f5d530899d83abab44"
            + "abf3161f162a4bc901d8e6ecda020e8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62";
    private static final String ECDSA_SECRET = "3E5B1FE9712E6C314942A750BD67485DE3C1EFE85B1BFB520AE8F9AE3DFA4A4C";
    private static final String RSA =
            "080012a60430820222300d06092a864886f70d01010105000382020f003082020a0282020100e1beab071d08200bde24"
            + "eef00d049449b07770ff9910257b2d7d5dda242ce8f0e2f12e1af4b32d9efd2c090f66b0f29986dbb645dae988008970"
            + "4a94e5066d594162ae6ee8892e6ec70701db0a6c445c04778eb3de1293aa1a23c3825b85c6620a2bc3f82f9b0c309bc0"
            + "ab3aeb1873282bebd3da03c33e76c21e9beb172fd44c9e43be32e2c99827033cf8d0f0c606f4579326c930eb4e854395"
            + "ad941256542c793902185153c474bed109d6ff5141ebf9cd256cf58893a37f83729f97e7cb435ec679d2e33901d27bb3"
            + "5aa0d7e20561da08885ef0abbf8e2fb48d6a5487047a9ecb1ad41fa7ed84f6e3e8ecd5d98b3982d2a901b4454991766d"
            + "a295ab78822add5612a2df83bcee814cf50973e80d7ef38111b1bd87da2ae92438a2c8cbcc70b31ee319939a3b9c761d"
            + "bc13b5c086d6b64bf7ae7dacc14622375d92a8ff9af7eb962162bbddebf90acb32adb5e4e4029f1c96019949ecfbfeff"
            + "d7ac1e3fbcc6b6168c34be3d5a2e5999fcbb39bba7adbca78eab09b9bc39f7fa4b93411f4cc175e70c0a083e96bfaefb"
            + "04a9580b4753c1738a6a760ae1afd851a1a4bdad231cf56e9284d832483df215a46c1c21bdf0c6cfe951c18f1ee4078c"
            + "79c13d63edb6e14feaeffabc90ad317e4875fe648101b0864097e998f0ca3025ef9638cd2b0caecd3770ab54a1d9c6ca"
            + "959b0f5dcbc90caeefc4135baca6fd475224269bbe1b0203010001";
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {ED25519, SECP256K1, ECDSA, RSA})
    void theSpecificationsKeysAreReadAndWritten(String hex) throws FormatException {
        PublicKey key = key(hex);
        assertEquals(hex, HexFormat.of().formatHex(key.toBytes()));
        assertEquals(key, key(hex));
        assertEquals(key.hashCode(), key(hex).hashCode());
        assertEquals(key.toPeerId(), PeerId.of(key));
        assertFalse(key.verify(MESSAGE, new byte[64]));
    }

    @Test
    void aKeyIsCopiedInAndOut() {
        byte[] data = new byte[32];
        var key = new PublicKey(KeyType.ED25519, data);
        data[0] = 1;
        key.data()[0] = 1;
        assertArrayEquals(new byte[32], key.data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "08", "0801", "080112", "08011220", "0801121f00000000",
        ED25519 + "00", ED25519 + "1801", "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e0801",
        "08041201aa", "08ffffffffffffffffff011201aa",
        "0881001220" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e", "08001200", "08011201aa",
        "08021201aa", "080112a0001ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
        "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e", "080012ffffffff07aa", "0a01aa1201aa"})
    void aKeyNotInItsCanonicalFormIsRefused(String hex) {
        assertThrows(FormatException.class, () -> key(hex));
    }

    @Test
    void aKeyOfTheGreatestLengthIsReadAndOneByteMoreIsRefused() throws FormatException {
        byte[] longest = new PublicKey(KeyType.RSA, new byte[PublicKey.MAX_DATA]).toBytes();
        assertEquals(PublicKey.MAX_BYTES, longest.length);
        assertEquals(PublicKey.MAX_DATA, PublicKey.parse(longest).data().length);
        byte[] tooMuch = new byte[PublicKey.MAX_DATA + 1];
        byte[] tooLong = new ProtoWriter().uint(1, 0).bytes(2, tooMuch).toBytes();
        assertThrows(FormatException.class, () -> PublicKey.parse(tooLong));
        assertThrows(IllegalArgumentException.class, () -> new PublicKey(KeyType.RSA, tooMuch));
    }

    @Test
    void anEd25519SignatureHoldsForItsMessageAndKeyOnly() {
        Identity identity = Identity.generate(new SecureRandom());
        byte[] signature = identity.sign(MESSAGE);
        assertHoldsForItsMessageOnly(identity.publicKey(), signature);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(identity.publicKey().verify(MESSAGE, changed), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    void aKeyOfSmallOrderAcceptsNoSignatureThatNobodyMade(String point) {
        var weak = new PublicKey(KeyType.ED25519, HexFormat.of().parseHex(point));
        byte[] forged = new byte[64];
        forged[0] = 1;
        for (byte i = 0; i < 32; i++) {
            assertFalse(weak.verify(new byte[] {i}, forged));
        }
    }

    @Test
    void aSecp256k1SignatureOfSomethingElseThanTwoNumbersHoldsForNothing() throws Exception {
        for (String wrong : List.of("30040400 0400", "3006020101 0401 01", "0500", "3000", "3080 0000", "")) {
            byte[] signature = HexFormat.of().parseHex(wrong.replace(" ", ""));
            assertFalse(key(SECP256K1).verify(MESSAGE, signature), wrong);
        }
    }

    @Test
    void aSecp256k1SignatureHoldsForItsMessageOnly() throws Exception {
        assertHoldsForItsMessageOnly(key(SECP256K1), secp256k1Signature());
        byte[] notAPoint = new byte[33];
        assertFalse(new PublicKey(KeyType.SECP256K1, notAPoint).verify(MESSAGE, secp256k1Signature()));
    }

    @Test
    void anEcdsaSignatureHoldsForItsMessageOnly() throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var number = new BigInteger(ECDSA_SECRET, 16);
        var secret = new ECPrivateKeySpec(number, curve.getParameterSpec(ECParameterSpec.class));
        byte[] signature = sign("SHA256withECDSA", KeyFactory.getInstance("EC").generatePrivate(secret));
        assertHoldsForItsMessageOnly(key(ECDSA), signature);
        assertFalse(new PublicKey(KeyType.ECDSA, new byte[91]).verify(MESSAGE, signature));
    }

    @Test
    void rsaKeysOf2048To8192BitsVerifyAndOthersDoNot() throws Exception {
        assertTrue(rsaVerifies(2048, 65537));
        assertTrue(rsaVerifies(8192, 65537));
        assertFalse(rsaVerifies(2047, 65537));
        assertFalse(rsaVerifies(8193, 65537));
    }

    @Test
    void anRsaKeyWithAHugeExponentIsNotCalculatedWith() throws Exception {
        assertTrue(rsaVerifies(2048, 0xFFFFFFFBL));
        assertFalse(rsaVerifies(2048, 0x10000000FL));
    }

    @Test
    void bytesThatAreNoKeyVerifyNothing() {
        assertFalse(new PublicKey(KeyType.RSA, new byte[] {0x30, (byte) 0x80}).verify(MESSAGE, new byte[256]));
        assertFalse(new PublicKey(KeyType.ECDSA, new byte[] {0x30, (byte) 0x80}).verify(MESSAGE, new byte[70]));
    }

    private static void assertHoldsForItsMessageOnly(PublicKey key, byte[] signature) {
        assertTrue(key.verify(MESSAGE, signature));
        assertFalse(key.verify("another".getBytes(UTF_8), signature));
        assertFalse(key.verify(MESSAGE, new byte[0]));
        assertFalse(key.verify(MESSAGE, Arrays.copyOf(signature, signature.length - 1)));
        assertFalse(key.verify(MESSAGE, Arrays.copyOf(signature, signature.length + 1)));
        assertFalse(key.verify(MESSAGE, Arrays.copyOf(signature, 100_000)));
    }

    private static byte[] secp256k1Signature() throws Exception {
        var curve = CustomNamedCurves.getByName("secp256k1");
        var signer = new ECDSASigner();
        var number = new BigInteger(SECP256K1_SECRET, 16);
        signer.init(true, new ECPrivateKeyParameters(number, new ECDomainParameters(curve)));
        BigInteger[] numbers = signer.generateSignature(MessageDigest.getInstance("SHA-256").digest(MESSAGE));
        return StandardDSAEncoding.INSTANCE.encode(curve.getN(), numbers[0], numbers[1]);
    }

    /** Whether a right signature of a key of so many bits is accepted. Its many small primes are found quickly. */
    private static boolean rsaVerifies(int bits, long exponent) throws GeneralSecurityException {
        var random = new Random(bits);
        BigInteger e = BigInteger.valueOf(exponent);
        BigInteger modulus = BigInteger.ONE;
        BigInteger phi = BigInteger.ONE;
        while (modulus.bitLength() < bits) {
            int missing = bits - modulus.bitLength();
            BigInteger prime = BigInteger.probablePrime(missing > 128 ? 64 : Math.max(missing + 1, 24), random);
            BigInteger longer = modulus.multiply(prime);
            BigInteger order = prime.subtract(BigInteger.ONE);
            if (longer.bitLength() <= bits && order.gcd(e).equals(BigInteger.ONE)) {
                modulus = longer;
                phi = phi.multiply(order);
            }
        }
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        var secret = new RSAPrivateKeySpec(modulus, e.modInverse(phi));
        byte[] signature = sign("SHA256withRSA", rsa.generatePrivate(secret));
        byte[] data = rsa.generatePublic(new RSAPublicKeySpec(modulus, e)).getEncoded();
        return new PublicKey(KeyType.RSA, data).verify(MESSAGE, signature);
    }

    private static byte[] sign(String algorithm, PrivateKey secret) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(secret);
        signer.update(MESSAGE);
        return signer.sign();
    }

    private static PublicKey key(String hex) throws FormatException {
        return PublicKey.parse(HexFormat.of().parseHex(hex));
    }
}
