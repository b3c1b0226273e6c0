// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.share;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.storage.SharedLink;
import io.peerwerk.storage.Sharing;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.manifest.LinkRecord;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Seals links by HPKE in its authenticated mode, with the keys of identities. */
@Component(service = Sharing.class)
public final class SealedSharing implements Sharing {

    private static final byte[] INFO = "peerwerk-share/1".getBytes(StandardCharsets.US_ASCII);

    private final Identity identity;

    /** Sharing by and with this peer. */
    @Activate
    public SealedSharing(@Reference Identity identity) {
        this.identity = identity;
    }

    /** Not said to be thread-safe, so each call has one of its own. */
    private static HPKE hpke() {
        return new HPKE(HPKE.mode_auth, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    @Override
    public String share(StorageLink link, PeerId recipient) throws StorageException {
        byte[] theirs = agreementKey(recipient, "what is shared cannot be sealed to " + recipient);
        byte[] record = LinkRecord.write(link).toBytes();
        try {
            HPKE hpke = hpke();
            byte[] header = new Envelope(identity.id(), recipient, new byte[0], new byte[0]).header();
            byte[][] sealed = hpke.seal(hpke.deserializePublicKey(theirs), INFO, header, record, null, null,
                    ownPair(hpke));
            return new Envelope(identity.id(), recipient, sealed[1], sealed[0]).toString();
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("AES-GCM does not work here", e);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    @Override
    public SharedLink open(String text) throws StorageException, FormatException {
        Envelope envelope = Envelope.parse(text);
        if (!envelope.recipient().equals(identity.id())) {
            throw new StorageException("this was shared with the peer " + envelope.recipient() + ", not with this one ("
                    + identity.id() + ")");
        }
        byte[] record = open(envelope);
        try {
            return new SharedLink(LinkRecord.read(new ProtoReader(record)), envelope.sender());
        } catch (FormatException e) {
            throw new FormatException("what was shared is no link", e);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    private byte[] open(Envelope envelope) throws StorageException {
        PeerId sender = envelope.sender();
        byte[] theirs = agreementKey(sender, "nothing can be opened that names " + sender + " as its sender");
        HPKE hpke = hpke();
        AsymmetricCipherKeyPair own = ownPair(hpke);
        try {
            AsymmetricKeyParameter from = hpke.deserializePublicKey(theirs);
            return hpke.open(envelope.encapsulated(), own, INFO, envelope.header(), envelope.sealed(), null, null,
                    from);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            // The library's own words are about what it did with keys.
            throw new StorageException("what was shared does not open: it is damaged, or was not sealed by " + sender);
        }
    }

    private static byte[] agreementKey(PeerId peer, String otherwise) throws StorageException {
        PublicKey key = peer.inlineKey().orElseThrow(
                () -> new StorageException(otherwise + ": only the hash of its key is known, and it is no Ed25519 key"));
        try {
            return key.toX25519();
        } catch (FormatException e) {
            throw new StorageException(otherwise + ": " + e.getMessage(), e);
        }
    }

    private AsymmetricCipherKeyPair ownPair(HPKE hpke) {
        byte[] scalar = identity.toX25519();
        try {
            return hpke.deserializePrivateKey(scalar, null);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }
}
