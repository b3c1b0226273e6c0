// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.SharedLink;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;

class SealedSharingTest {

    private final Identity alice = Identity.generate(new SecureRandom());
    private final Identity bob = Identity.generate(new SecureRandom());
    private final Identity carol = Identity.generate(new SecureRandom());
    private final StorageLink link = new StorageLink(Cid.v1(Cid.PEERWERK, Multihash.sha256(new byte[] {1})),
            Secret.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
                6, 7, 8}));

    private static byte[] record(String text) {
        return Base64.getUrlDecoder().decode(text.substring("peerwerk-share:".length()));
    }

    private static String text(byte[] record) {
        return "peerwerk-share:" + Base64.getUrlEncoder().withoutPadding().encodeToString(record);
    }

    /** Refused, in words that say nothing of the key. */
    private void refused(Identity reader, String text, String reason) {
        IOException e = assertThrows(IOException.class, () -> new SealedSharing(reader).open(text));
        assertTrue(e.getMessage().contains(reason), e::getMessage);
        for (Throwable t = e; t != null; t = t.getCause()) {
            assertFalse(String.valueOf(t.getMessage()).contains(link.key().encoded()), t::getMessage);
        }
    }

    @Property(tries = 30)
    void aLinkIsOpenedByItsRecipientWhoLearnsTheSender(@ForAll @Size(32) byte[] key) throws IOException {
        StorageLink any = new StorageLink(link.root(), Secret.of(key));
        String text = new SealedSharing(alice).share(any, bob.id());
        assertTrue(text.startsWith("peerwerk-share:") && text.length() <= Envelope.MAX_TEXT);
        assertFalse(text.contains(any.key().encoded()));
        assertEquals(new SharedLink(any, alice.id()), new SealedSharing(bob).open("  " + text + "\n"));
    }

    @Test
    void twoSharesOfOneLinkAreDifferent() throws IOException {
        SealedSharing sharing = new SealedSharing(alice);
        assertNotEquals(sharing.share(link, bob.id()), sharing.share(link, bob.id()));
    }

    @Test
    void onesOwnLinkCanBeSharedWithOneself() throws IOException {
        SealedSharing sharing = new SealedSharing(alice);
        assertEquals(link, sharing.open(sharing.share(link, alice.id())).link());
    }

    @Test
    void anotherPeerIsToldWhomItIsFor() throws IOException {
        String text = new SealedSharing(alice).share(link, bob.id());
        refused(carol, text, "shared with the peer " + bob.id());
    }

    @Test
    void nobodyPutsHisNameOrAnotherOnesOnWhatWasShared() throws IOException {
        Envelope sealed = Envelope.parse(new SealedSharing(alice).share(link, bob.id()));
        String renamed = new Envelope(carol.id(), bob.id(), sealed.encapsulated(), sealed.sealed()).toString();
        refused(bob, renamed, "not sealed by " + carol.id());
        String redirected = new Envelope(alice.id(), carol.id(), sealed.encapsulated(), sealed.sealed()).toString();
        refused(carol, redirected, "does not open");
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws IOException {
        byte[] record = record(new SealedSharing(alice).share(link, bob.id()));
        for (int at = 0; at < record.length; at++) {
            byte[] flipped = record.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            refused(bob, text(flipped), "");
        }
    }

    @Test
    void whatWasCutOffIsNoticed() throws IOException {
        String text = new SealedSharing(alice).share(link, bob.id());
        for (int length = 0; length < text.length(); length++) {
            refused(bob, text.substring(0, length), "");
        }
        byte[] record = record(text);
        refused(bob, text(Arrays.copyOf(record, record.length + 1)), "");
    }

    @Test
    void whatIsNotSharedByPeerwerkIsNamedAsSuch() {
        refused(bob, link.toString(), "does not begin with peerwerk-share:");
        refused(bob, "x".repeat(Envelope.MAX_TEXT + 1), "too long");
        refused(bob, "peerwerk-share:????", "character that does not belong there");
        refused(bob, text(new byte[] {8, 2}), "version 2");
        refused(bob, text(new byte[] {8, 1}), "cut off");
    }

    @Test
    void aOneTimeKeyOfSmallOrderOpensNothing() throws IOException {
        Envelope sealed = Envelope.parse(new SealedSharing(alice).share(link, bob.id()));
        refused(bob, new Envelope(alice.id(), bob.id(), new byte[32], sealed.sealed()).toString(), "does not open");
    }

    @Test
    void anIdWithoutAnEd25519KeyIsRefused() throws Exception {
        byte[] rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic().getEncoded();
        PeerId hashed = new PublicKey(KeyType.RSA, rsa).toPeerId();
        StorageException e = assertThrows(StorageException.class, () -> new SealedSharing(alice).share(link, hashed));
        assertTrue(e.getMessage().contains("no Ed25519 key"), e::getMessage);
        byte[] point = new byte[33];
        point[0] = 2;
        PeerId secp = new PublicKey(KeyType.SECP256K1, point).toPeerId();
        assertThrows(StorageException.class, () -> new SealedSharing(alice).share(link, secp));
    }

    @Test
    void aKeyOfSmallOrderIsRefused() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        PeerId weak = new PublicKey(KeyType.ED25519, neutral).toPeerId();
        assertThrows(StorageException.class, () -> new SealedSharing(alice).share(link, weak));
    }

    @Test
    void aClosedIdentityOpensNothing() throws IOException {
        String text = new SealedSharing(alice).share(link, bob.id());
        bob.close();
        assertThrows(IllegalStateException.class, () -> new SealedSharing(bob).open(text));
    }

    @Test
    void withoutTheSendersKeyNothingIsSealedInHisName() throws Exception {
        // HPKE's base mode has the recipient's key only.
        HPKE base = new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
        byte[] header = new Envelope(alice.id(), bob.id(), new byte[0], new byte[0]).header();
        byte[][] sealed = base.seal(new X25519PublicKeyParameters(bob.publicKey().toX25519()),
                "peerwerk-share/1".getBytes(StandardCharsets.US_ASCII), header, new byte[70], null, null, null);
        refused(bob, new Envelope(alice.id(), bob.id(), sealed[1], sealed[0]).toString(), "does not open");
    }

    @Test
    void whatIsSealedAsItShouldButIsNoLinkIsRefused() throws Exception {
        HPKE auth = new HPKE(HPKE.mode_auth, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
        byte[] header = new Envelope(alice.id(), bob.id(), new byte[0], new byte[0]).header();
        byte[] root = link.root().toBytes();
        for (byte[] record : List.of(new byte[0], new byte[] {1, 2, 3}, new ProtoWriter().bytes(1, root).toBytes(),
                new ProtoWriter().bytes(1, root).bytes(2, new byte[31]).toBytes(),
                new ProtoWriter().bytes(1, new byte[0]).bytes(2, new byte[32]).toBytes())) {
            byte[][] sealed = auth.seal(new X25519PublicKeyParameters(bob.publicKey().toX25519()),
                    "peerwerk-share/1".getBytes(StandardCharsets.US_ASCII), header, record, null, null,
                    auth.deserializePrivateKey(alice.toX25519(), null));
            String text = new Envelope(alice.id(), bob.id(), sealed[1], sealed[0]).toString();
            assertThrows(FormatException.class, () -> new SealedSharing(bob).open(text));
        }
    }
}
