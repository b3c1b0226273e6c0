// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.Security;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.tls.KnownCertificates;
import io.peerwerk.transport.tls.PeerCertificate;

class NamelessCertificatesTest {

    private static final String NAME = "PeerwerkTLS";

    @Test
    void aCertificateWithoutNamesIsReadWhileTlsIsInUse() throws Exception {
        try (Registration use = NamelessCertificates.install()) {
            X509Certificate read = read(KnownCertificates.NAMELESS);
            assertInstanceOf(NamelessCertificate.class, read);
            assertArrayEquals(KnownCertificates.NAMELESS, read.getEncoded());
            assertEquals("EC", read.getPublicKey().getAlgorithm());
            assertEquals(3, read.getVersion());
            assertFalse(read.hasUnsupportedCriticalExtension());
            assertNotNull(read.getExtensionValue(SignedKey.OID.getId()));
            read.verify(read.getPublicKey());
            try (var other = Identity.generate(new SecureRandom())) {
                var key = PeerCertificate.of(other, new SecureRandom()).certificate().getPublicKey();
                assertThrows(SignatureException.class, () -> read.verify(key));
            }
        }
    }

    @Test
    void everyOtherCertificateIsReadAsEver() throws Exception {
        Class<?> usual = read(KnownCertificates.ED25519).getClass();
        try (Registration use = NamelessCertificates.install()) {
            assertEquals(usual, read(KnownCertificates.ED25519).getClass());
            byte[] cut = Arrays.copyOf(KnownCertificates.NAMELESS, 200);
            assertThrows(CertificateException.class, () -> read(cut));
            byte[] other = KnownCertificates.NAMELESS.clone();
            int extension = indexOf(other, new byte[] {0x2b, 6, 1, 4, 1, (byte) 0x83});
            other[extension] ^= 1;
            assertThrows(CertificateException.class, () -> read(other));
        }
    }

    @Test
    void theProviderStaysUntilItsLastUserHasLeft() {
        Registration first = NamelessCertificates.install();
        Registration second = NamelessCertificates.install();
        first.close();
        first.close();
        assertNotNull(Security.getProvider(NAME));
        assertEquals(NAME, Security.getProviders()[0].getName());
        second.close();
        assertNull(Security.getProvider(NAME));
    }

    private static X509Certificate read(byte[] bytes) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
