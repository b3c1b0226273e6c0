// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.tls.internal.CertificateKey;
import io.peerwerk.transport.tls.internal.CertificateReader;
import io.peerwerk.transport.tls.internal.SignedKey;

class CertificateFuzzTest {

    private static final Instant NOW = CertificateForge.NOW;

    /** The parts of a certificate are reached although its signature does not fit, which fuzzing never makes. */
    @FuzzTest(maxDuration = "5m")
    void everyPartOfACertificateIsReadOrRefused(byte[] input) {
        try {
            CertificateReader reader = CertificateReader.parse(input);
            attempt(() -> reader.checkValidAt(NOW));
            attempt(reader::checkCriticalExtensions);
            attempt(() -> SignedKey.parse(reader.extension(SignedKey.OID)).checked(reader.encodedKey()));
            attempt(reader::checkSelfSignature);
        } catch (FormatException refused) {
            return;
        }
    }

    /** Whatever is taken whole shows the same peer again. */
    @FuzzTest(maxDuration = "5m")
    void aCertificateIsTakenOrRefused(byte[] input) throws FormatException {
        PublicKey key;
        try {
            key = PeerCertificate.verify(input, NOW);
        } catch (FormatException refused) {
            return;
        }
        assertEquals(key, PeerCertificate.verify(input.clone(), NOW));
    }

    @FuzzTest(maxDuration = "5m")
    void aSignedKeyThatIsReadIsWrittenTheSame(byte[] input) {
        try {
            assertArrayEquals(input, SignedKey.parse(input).toBytes());
        } catch (FormatException refused) {
            return;
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aKeyOfACertificateIsReadOrRefused(byte[] input) {
        SubjectPublicKeyInfo info;
        try {
            info = SubjectPublicKeyInfo.getInstance(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        attempt(() -> CertificateKey.of(info));
    }

    private interface Check {
        void run() throws FormatException;
    }

    private static void attempt(Check check) {
        try {
            check.run();
        } catch (FormatException refused) {
            return;
        }
    }
}
