// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.internal.SignedKey;

class PeerCertificateTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = CertificateForge.NOW;

    // ---- our own

    @Test
    void ourCertificateShowsOurKeyToOthers() throws Exception {
        try (var identity = Identity.generate(RANDOM)) {
            PeerCertificate own = PeerCertificate.of(identity, RANDOM);
            X509Certificate shown = own.certificate();
            assertEquals(identity.publicKey(), PeerCertificate.verify(new X509Certificate[] {shown}));
            assertEquals(3, shown.getVersion());
            shown.checkValidity();
            assertNotEquals(shown.getSerialNumber(), PeerCertificate.of(identity, RANDOM).certificate().getSerialNumber());
            assertNotEquals(shown.getPublicKey(), PeerCertificate.of(identity, RANDOM).certificate().getPublicKey());
        }
    }

    @Test
    void ourCertificateHasTheSignedKeyAsItsFirstExtensionAndNamesForPickyReaders() throws Exception {
        try (var identity = Identity.generate(RANDOM)) {
            X509Certificate shown = PeerCertificate.of(identity, RANDOM).certificate();
            var parsed = org.bouncycastle.asn1.x509.Certificate.getInstance(shown.getEncoded());
            assertEquals(SignedKey.OID, parsed.getTBSCertificate().getExtensions().getExtensionOIDs()[0]);
            assertTrue(parsed.getIssuer().size() > 0 && parsed.getIssuer().equals(parsed.getSubject()));
        }
    }

    @Test
    void ourCertificateIsTakenByPeersWhoseClocksAreAnHourBehindAndForDecades() throws FormatException {
        try (var identity = Identity.generate(RANDOM)) {
            byte[] shown = bytes(PeerCertificate.of(identity, RANDOM, NOW));
            PeerCertificate.verify(shown, NOW.minus(Duration.ofHours(1)));
            PeerCertificate.verify(shown, NOW.plus(Duration.ofDays(36_500)));
            assertRefused("not valid yet", shown, NOW.minus(Duration.ofHours(1)).minusSeconds(1));
            assertRefused("expired", shown, NOW.plus(Duration.ofDays(36_500)).plusSeconds(1));
        }
    }

    // ---- those of others

    @Test
    void theValidVectorsOfTheSpecificationShowTheirPeers() throws FormatException {
        assertEquals(KnownCertificates.ED25519_ID, peer(KnownCertificates.ED25519));
        assertEquals(KnownCertificates.ECDSA_ID, peer(KnownCertificates.ECDSA));
        assertEquals(KnownCertificates.SECP256K1_ID, peer(KnownCertificates.SECP256K1));
    }

    @Test
    void theInvalidVectorOfTheSpecificationIsRefused() {
        assertRefused("has not signed", KnownCertificates.INVALID, NOW);
    }

    @Test
    void aCertificateWithoutNamesIsTakenSinceRustAndJsMakeSuchOnes() throws FormatException {
        PublicKey key = PeerCertificate.verify(KnownCertificates.NAMELESS, NOW.plus(Duration.ofDays(1)));
        assertEquals(KeyType.ED25519, key.type());
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp256r1, SHA512withECDSA", "secp384r1, SHA384withECDSA",
        "secp521r1, SHA512withECDSA"})
    void certificateKeysOnTheCurvesOfNistAreTaken(String curve, String algorithm) throws FormatException {
        assertTaken(CertificateForge.onCurve(curve, algorithm));
    }

    @Test
    void certificateKeysOfTheKindEd25519AreTaken() throws FormatException {
        assertTaken(CertificateForge.ed25519());
    }

    @Test
    void certificateKeysOfTheKindRsaAreTakenFrom2048BitsOn() throws FormatException {
        assertTaken(CertificateForge.rsa(2048, BigInteger.valueOf(65537)));
        assertRefused("2047 bits", CertificateForge.rsa(2047, BigInteger.valueOf(65537)).make(), NOW);
    }

    // ---- malformed certificates

    @Test
    void aPeerMustShowExactlyOneCertificate() {
        try (var identity = Identity.generate(RANDOM)) {
            X509Certificate shown = PeerCertificate.of(identity, RANDOM).certificate();
            assertThrows(FormatException.class, () -> PeerCertificate.verify(new X509Certificate[0]));
            assertThrows(FormatException.class, () -> PeerCertificate.verify(new X509Certificate[] {shown, shown}));
        }
    }

    @Test
    void aCertificateIsNotParsedWhenItIsTooLong() throws FormatException {
        var forge = CertificateForge.plain();
        int rest = PeerCertificate.MAX_BYTES - forge.with("1.2.3.4", false, new byte[4096]).make().length;
        byte[] longest = CertificateForge.plain().with("1.2.3.4", false, new byte[4096 + rest - 8]).make();
        assertTrue(longest.length <= PeerCertificate.MAX_BYTES);
        PeerCertificate.verify(longest, NOW);
        assertRefused("longer than", new byte[PeerCertificate.MAX_BYTES + 1], NOW);
        assertRefused("malformed ASN.1", new byte[PeerCertificate.MAX_BYTES], NOW);
    }

    @Test
    void aMalformedCertificateIsRefusedWhereverItIsCut() {
        byte[] whole = KnownCertificates.ED25519;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(FormatException.class, () -> PeerCertificate.verify(cut, NOW));
        }
        assertRefused("malformed ASN.1", Arrays.copyOf(whole, whole.length + 1), NOW);
    }

    @Test
    void aMalformedCertificateIsRefusedWhicheverBitIsTurned() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] turned = KnownCertificates.SECP256K1.clone();
            int bit = random.nextInt(turned.length * 8);
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(FormatException.class, () -> PeerCertificate.verify(turned, NOW),
                    () -> "bit " + bit + " of seed " + seed);
        }
    }

    @Test
    void aCertificateIsRefusedOutsideItsTime() throws FormatException {
        byte[] shown = CertificateForge.plain().valid(NOW, NOW.plusSeconds(1)).make();
        PeerCertificate.verify(shown, NOW);
        PeerCertificate.verify(shown, NOW.plusSeconds(1));
        assertRefused("not valid yet", shown, NOW.minusSeconds(1));
        assertRefused("expired", shown, NOW.plusSeconds(2));
    }

    @Test
    void aCertificateWithoutTheSignedKeyIsRefused() {
        assertRefused("without the extension", CertificateForge.plain().extension(new byte[0])
                .with("1.2.3.4", false, new byte[1]).make(), NOW);
        assertRefused("not of version 3", CertificateForge.plain().extension(new byte[0]).make(), NOW);
    }

    @Test
    void anUnknownExtensionIsIgnoredUnlessItIsCritical() throws FormatException {
        assertTaken(CertificateForge.plain().with("1.2.3.4", false, new byte[] {1, 2, 3}));
        assertRefused("unknown critical extension 1.2.3.4",
                CertificateForge.plain().with("1.2.3.4", true, new byte[] {1, 2, 3}).make(), NOW);
    }

    @Test
    void aKeyUsageMustAllowToSign() throws Exception {
        String oid = "2.5.29.15";
        assertTaken(CertificateForge.plain().with(oid, true, new KeyUsage(KeyUsage.digitalSignature).getEncoded()));
        assertRefused("must not sign", CertificateForge.plain()
                .with(oid, true, new KeyUsage(KeyUsage.keyCertSign).getEncoded()).make(), NOW);
        assertRefused("malformed key usage", CertificateForge.plain().with(oid, true, new byte[] {1}).make(), NOW);
    }

    @Test
    void uniqueIdsAreRefused() {
        assertRefused("unique ids", CertificateForge.plain()
                .with(b -> b.setSubjectUniqueID(new boolean[] {true})).make(), NOW);
        assertRefused("unique ids", CertificateForge.plain()
                .with(b -> b.setIssuerUniqueID(new boolean[] {true})).make(), NOW);
    }

    @Test
    void aSignedKeyOfAnyOtherShapeIsRefused() throws IOException {
        byte[] key = Identity.generate(RANDOM).publicKey().toBytes();
        var octets = new DEROctetString(key);
        byte[][] wrong = {
            {5, 0},
            new DERSequence().getEncoded(),
            new DERSequence(octets).getEncoded(),
            new DERSequence(vector(octets, octets, octets)).getEncoded(),
            new DERSequence(vector(octets, new DERBitString(key))).getEncoded(),
            new DERSequence(vector(octets, new DEROctetString(new byte[1025]))).getEncoded(),
            new DERSequence(vector(new DEROctetString(new byte[PublicKey.MAX_BYTES + 1]), octets)).getEncoded(),
            Arrays.copyOf(new DERSequence(vector(octets, octets)).getEncoded(), 200)};
        for (byte[] content : wrong) {
            assertThrows(FormatException.class, () -> SignedKey.parse(content));
            byte[] shown = CertificateForge.plain().extension(content).make();
            assertThrows(FormatException.class, () -> PeerCertificate.verify(shown, NOW));
        }
    }

    @Test
    void aSignedKeyIsReadAsItWasWritten() throws FormatException {
        try (var identity = Identity.generate(RANDOM)) {
            SignedKey signed = SignedKey.of(identity, new byte[] {1});
            SignedKey again = SignedKey.parse(signed.toBytes());
            assertEquals(identity.publicKey(), again.checked(new byte[] {1}));
            assertArrayEquals(signed.toBytes(), again.toBytes());
            assertThrows(FormatException.class, () -> again.checked(new byte[] {2}));
        }
    }

    // ---- keys and signatures

    @Test
    void aKeySignedByAnotherIdentityIsRefused() throws Exception {
        try (var honest = Identity.generate(RANDOM); var thief = Identity.generate(RANDOM)) {
            var forge = CertificateForge.plain();
            byte[] certificateKey = forge.pair().getPublic().getEncoded();
            byte[] stolen = new SignedKey(honest.publicKey(), SignedKey.of(thief, certificateKey).signature()).toBytes();
            assertRefused("has not signed", forge.extension(stolen).make(), NOW);
        }
    }

    @Test
    void aSignedKeyTakenFromAnothersCertificateIsRefused() throws Exception {
        var honest = CertificateForge.plain();
        byte[] taken = SignedKey.of(honest.identity(), honest.pair().getPublic().getEncoded()).toBytes();
        assertRefused("has not signed", CertificateForge.plain().extension(taken).make(), NOW);
    }

    @Test
    void aCertificateSignedByAnotherKeyThanItsOwnIsRefused() {
        assertRefused("not signed by its own key",
                CertificateForge.plain().signedWith(CertificateForge.plain().pair().getPrivate()).make(), NOW);
    }

    @Test
    void aCertificateThatIsSignedWithSha1IsRefused() {
        assertRefused("signed with", CertificateForge.onCurve("secp256r1", "SHA1withECDSA").make(), NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 16384, 32768})
    void anRsaKeyThatIsHugeIsRefusedBeforeAnyMathematics(int bits) throws IOException {
        assertRefused(bits + " bits", rsa(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), BigInteger.valueOf(65537)), NOW);
    }

    @Test
    void anRsaExponentThatIsHugeIsRefusedBeforeAnyMathematics() throws IOException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).setBit(0);
        assertRefused("exponent of 33", rsa(modulus, BigInteger.ONE.shiftLeft(32).setBit(0)), NOW);
        assertRefused("exponent of 2047", rsa(modulus, modulus.shiftRight(1).setBit(0)), NOW);
    }

    @Test
    void aKeyWithACurveOfItsOwnIsRefused() throws IOException {
        X9ECParameters p256 = CustomNamedCurves.getByName("secp256r1");
        var explicit = new X9ECParameters(p256.getCurve(), new X9ECPoint(p256.getG(), false), p256.getN(), p256.getH());
        var spki = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, explicit),
                p256.getG().getEncoded(false));
        assertRefused("on a curve other than", CertificateForge.plain().showing(spki).make(), NOW);
        var none = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey,
                DERNull.INSTANCE), p256.getG().getEncoded(false));
        assertRefused("on a curve other than", CertificateForge.plain().showing(none).make(), NOW);
    }

    @Test
    void aKeyOfABinaryCurveOrOfSecp256k1IsRefusedAsACertificatesKey() throws IOException {
        for (String curve : new String[] {"1.3.132.0.10", "1.3.132.0.39"}) {
            var spki = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey,
                    new org.bouncycastle.asn1.ASN1ObjectIdentifier(curve)), new byte[65]);
            assertRefused("on a curve other than", CertificateForge.plain().showing(spki).make(), NOW);
        }
    }

    @Test
    void aPointThatIsNotOnItsCurveIsRefused() throws IOException {
        var spki = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey,
                new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.2.840.10045.3.1.7")), new byte[65]);
        byte[] shown = CertificateForge.plain().showing(spki).make();
        assertThrows(FormatException.class, () -> PeerCertificate.verify(shown, NOW));
    }

    // ---- nesting

    @Test
    void nestingWithoutEndIsRefusedAndOverflowsNoStack() throws IOException {
        for (int depth : new int[] {100, 1000, 2000}) {
            byte[] nest = nested(depth, 0x30);
            assertThrows(FormatException.class, () -> PeerCertificate.verify(nest, NOW));
            assertThrows(FormatException.class, () -> SignedKey.parse(nest));
            byte[] tagged = nested(depth, 0xa0);
            assertThrows(FormatException.class, () -> PeerCertificate.verify(tagged, NOW));
            byte[] endless = endless(depth);
            assertThrows(FormatException.class, () -> PeerCertificate.verify(endless, NOW));
            byte[] parameters = CertificateForge.plain().showing(new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), nested(depth, 0x30))).make();
            assertThrows(FormatException.class, () -> PeerCertificate.verify(parameters, NOW));
        }
    }

    /** So many values in each other, of definite lengths. */
    private static byte[] nested(int depth, int tag) {
        byte[] content = {};
        for (int i = 0; i < depth; i++) {
            var out = new ByteArrayOutputStream();
            out.write(tag);
            int length = content.length;
            if (length < 128) {
                out.write(length);
            } else {
                out.write(0x82);
                out.write(length >> 8);
                out.write(length);
            }
            out.writeBytes(content);
            content = out.toByteArray();
        }
        return content;
    }

    /** So many sequences of indefinite lengths. */
    private static byte[] endless(int depth) {
        byte[] bytes = new byte[4 * depth];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = 0x30;
            bytes[2 * i + 1] = (byte) 0x80;
        }
        return bytes;
    }

    private static byte[] rsa(BigInteger modulus, BigInteger exponent) throws IOException {
        var key = new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent);
        return CertificateForge.plain().showing(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key)).make();
    }

    private static ASN1EncodableVector vector(org.bouncycastle.asn1.ASN1Encodable... values) {
        var vector = new ASN1EncodableVector();
        vector.addAll(values);
        return vector;
    }

    private static byte[] bytes(PeerCertificate certificate) {
        try {
            return certificate.certificate().getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String peer(byte[] certificate) throws FormatException {
        return PeerCertificate.verify(certificate, NOW).toPeerId().toString();
    }

    private static void assertTaken(CertificateForge forge) throws FormatException {
        assertEquals(forge.identity().publicKey(), PeerCertificate.verify(forge.make(), NOW));
    }

    private static void assertRefused(String why, byte[] certificate, Instant now) {
        FormatException refused =
                assertThrows(FormatException.class, () -> PeerCertificate.verify(certificate, now));
        assertTrue(refused.getMessage().contains(why), refused::getMessage);
    }
}
