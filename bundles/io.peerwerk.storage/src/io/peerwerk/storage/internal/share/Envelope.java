// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.share;

import java.util.Arrays;
import java.util.Base64;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Sharing;

/**
 * A sealed link as it is passed on.
 *
 * @param sender whose key it was sealed with
 * @param recipient whose key opens it
 * @param encapsulated the sender's one-time public key, {@value #ENCAPSULATED_BYTES} bytes; not copied
 * @param sealed the link; not copied
 */
public record Envelope(PeerId sender, PeerId recipient, byte[] encapsulated, byte[] sealed) {

    /** Bytes of a one-time public key. */
    static final int ENCAPSULATED_BYTES = 32;
    /** Characters of the longest text that is looked at. */
    static final int MAX_TEXT = 1024;

    private static final int VERSION = 1;
    private static final int MAX_ID = 64;
    private static final int MAX_SEALED = 512;

    /** What is not secret, and what the sealed part is bound to. */
    byte[] header() {
        return head().toBytes();
    }

    private ProtoWriter head() {
        return new ProtoWriter().uint(1, VERSION).bytes(2, sender.toBytes()).bytes(3, recipient.toBytes());
    }

    private byte[] toBytes() {
        return head().bytes(4, encapsulated).bytes(5, sealed).toBytes();
    }

    /** The text. */
    @Override
    public String toString() {
        return Sharing.SCHEME + Base64.getUrlEncoder().withoutPadding().encodeToString(toBytes());
    }

    /** Reads a text as a person pasted it. */
    public static Envelope parse(String text) throws FormatException {
        String share = text.strip();
        if (share.length() > MAX_TEXT) {
            throw new FormatException("this is not something shared by Peerwerk: it is too long");
        }
        if (!share.regionMatches(true, 0, Sharing.SCHEME, 0, Sharing.SCHEME.length())) {
            throw new FormatException("this is not something shared by Peerwerk: it does not begin with " + Sharing.SCHEME);
        }
        byte[] bytes = decode(share.substring(Sharing.SCHEME.length()));
        Envelope envelope = read(bytes);
        if (!Arrays.equals(envelope.toBytes(), bytes)) {
            throw new FormatException("what was shared is damaged: it is not in its one canonical form");
        }
        return envelope;
    }

    private static byte[] decode(String text) throws FormatException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through: one message for all kinds of damage.
        }
        throw new FormatException("what was shared is damaged: it has a character that does not belong there");
    }

    private static Envelope read(byte[] bytes) throws FormatException {
        long version = 0;
        byte[] sender = new byte[0];
        byte[] recipient = new byte[0];
        byte[] encapsulated = new byte[0];
        byte[] sealed = new byte[0];
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> sender = in.bytes(MAX_ID);
                case 3 -> recipient = in.bytes(MAX_ID);
                case 4 -> encapsulated = in.bytes(ENCAPSULATED_BYTES);
                case 5 -> sealed = in.bytes(MAX_SEALED);
                default -> in.skip();
            }
        }
        if (version != VERSION) {
            throw new FormatException("what was shared is of version " + version + ", which this version does not know");
        }
        if (encapsulated.length != ENCAPSULATED_BYTES) {
            throw new FormatException("what was shared is cut off");
        }
        return new Envelope(PeerId.read(sender), PeerId.read(recipient), encapsulated, sealed);
    }
}
