// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final String SEED = "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d";
    private static final String POINT = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String PRIVATE = "08011240" + SEED + POINT;
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

    @Test
    void theSpecificationsPrivateKeyGivesThePublicKeyThatStandsThere() throws FormatException {
        Identity identity = identity(PRIVATE);
        assertEquals("08011220" + POINT, hex(identity.publicKey().toBytes()));
        assertEquals(identity.publicKey().toPeerId(), identity.id());
        assertEquals(PRIVATE, hex(identity.toBytes()));
    }

    @Test
    void theOldFormThatRepeatsThePublicKeyIsReadAndWrittenInTheNewOne() throws FormatException {
        assertEquals(PRIVATE, hex(identity("08011260" + SEED + POINT + POINT).toBytes()));
    }

    @Test
    void halvesThatDoNotBelongTogetherAreRefused() {
        String other = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27f";
        assertThrows(FormatException.class, () -> identity("08011240" + SEED + other));
        assertThrows(FormatException.class, () -> identity("08011260" + SEED + POINT + other));
        assertThrows(FormatException.class, () -> identity("08011260" + SEED + other + POINT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "08", "0801", "080112", "08011240", "08011220" + SEED, "0801123f" + SEED + POINT,
        PRIVATE + "00", PRIVATE + "1801", "1240" + SEED + POINT + "0801", "08001240" + SEED + POINT, "08021220" + SEED,
        "08041240" + SEED + POINT, "08011261" + SEED + POINT + POINT + "00", "080112ffffffff07" + SEED, "0a0108",
        "081112"})
    void aPrivateKeyThatIsMalformedOrOfAnotherKindIsRefused(String hex) {
        assertThrows(FormatException.class, () -> identity(hex));
    }

    @Test
    void aRefusedKeyIsNotQuotedInTheError() {
        var refused = assertThrows(FormatException.class, () -> identity("08011240" + POINT + SEED));
        assertFalse(refused.toString().contains(SEED.substring(0, 8)), refused.toString());
    }

    @Test
    void signaturesAreThoseOfRfc8032() throws FormatException {
        Identity identity = identity("08011240" + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] signature = identity.sign(new byte[] {0x72});
        assertEquals("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", hex(signature));
        assertTrue(identity.publicKey().verify(new byte[] {0x72}, signature));
    }

    @Test
    void aNewIdentitySignsAndIsLikeNoOther() {
        Identity one = Identity.generate(new SecureRandom());
        Identity two = Identity.generate(new SecureRandom());
        assertNotEquals(one.id(), two.id());
        assertTrue(one.publicKey().verify(MESSAGE, one.sign(MESSAGE)));
        assertFalse(two.publicKey().verify(MESSAGE, one.sign(MESSAGE)));
    }

    @Test
    void itsTextShowsTheIdAndNothingOfTheKey() throws FormatException {
        Identity identity = identity(PRIVATE);
        assertEquals("Identity[" + identity.id() + "]", identity.toString());
        assertFalse(identity.toString().contains(SEED.substring(0, 8)));
    }

    @Test
    void closingWipesTheKeyAndEndsSigning() throws Exception {
        Identity identity = identity(PRIVATE);
        Field field = Identity.class.getDeclaredField("seed");
        field.setAccessible(true);
        byte[] seed = (byte[]) field.get(identity);
        assertEquals(SEED, hex(seed));
        identity.close();
        identity.close();
        assertArrayEquals(new byte[32], seed);
        assertThrows(IllegalStateException.class, () -> identity.sign(MESSAGE));
        assertThrows(IllegalStateException.class, identity::toBytes);
        assertEquals("08011220" + POINT, hex(identity.publicKey().toBytes()));
    }

    @Test
    void theBytesGivenToParseAreNotKept() throws FormatException {
        byte[] given = HexFormat.of().parseHex(PRIVATE);
        Identity identity = Identity.parse(given);
        Arrays.fill(given, (byte) 0);
        assertEquals(PRIVATE, hex(identity.toBytes()));
    }

    private static Identity identity(String hex) throws FormatException {
        return Identity.parse(HexFormat.of().parseHex(hex));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void bothHalvesOfTheX25519KeyBelongTogether() throws FormatException {
        for (int i = 0; i < 50; i++) {
            Identity identity = Identity.generate(new SecureRandom());
            byte[] point = new byte[X25519.POINT_SIZE];
            X25519.scalarMultBase(identity.toX25519(), 0, point, 0);
            assertArrayEquals(point, identity.publicKey().toX25519());
        }
    }

    @Test
    void theBasePointsOfBothFormsOfTheCurveAreOne() throws FormatException {
        // RFC 8032: y = 4/5; RFC 7748: u = 9.
        byte[] base = new byte[32];
        Arrays.fill(base, (byte) 0x66);
        base[0] = 0x58;
        byte[] nine = new byte[32];
        nine[0] = 9;
        assertArrayEquals(nine, new PublicKey(KeyType.ED25519, base).toX25519());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000"})
    void nothingIsAgreedOnWithAKeyThatIsNoPointOrOfSmallOrder(String hex) {
        PublicKey weak = new PublicKey(KeyType.ED25519, HexFormat.of().parseHex(hex));
        assertThrows(FormatException.class, weak::toX25519);
    }

    @Test
    void aKeyOfAnotherTypeHasNoX25519Form() {
        assertThrows(FormatException.class, () -> new PublicKey(KeyType.SECP256K1, new byte[33]).toX25519());
    }

    @Test
    void aClosedIdentityGivesNoX25519Key() {
        Identity identity = Identity.generate(new SecureRandom());
        identity.close();
        assertThrows(IllegalStateException.class, identity::toX25519);
    }
}
