// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.peerwerk.core.wire.FormatException;

/**
 * One direction of a secured link: a key and a counter (section 5.1). The nonce is four zero bytes and the counter in
 * little endian. The counter moves only when a message was sealed or opened; at its last value the link must end.
 *
 * <p>Not safe for use by several threads.
 */
public final class CipherState {

    /** Bytes that sealing adds. */
    public static final int TAG = 16;

    static final int KEY = 32;

    private static final String NAME = "ChaCha20-Poly1305";
    private static final int NONCE = 12;
    private static final byte[] NOTHING = {};

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final boolean sealing;
    private long counter;

    CipherState(byte[] key, boolean sealing) {
        this(key, sealing, 0);
    }

    /** For tests of what happens at the end of the counter. */
    CipherState(byte[] key, boolean sealing, long counter) {
        this.key = new SecretKeySpec(key, NAME);
        this.sealing = sealing;
        this.counter = counter;
        try {
            this.cipher = Cipher.getInstance(NAME);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + NAME, e);
        }
    }

    /**
     * Seals a message. The arrays may be one and the same, with the same offset.
     *
     * @return the bytes written: {@code length + TAG}
     */
    public int seal(byte[] from, int offset, int length, byte[] to, int toOffset) {
        try {
            begin(NOTHING);
            int count = cipher.doFinal(from, offset, length, to, toOffset);
            counter++;
            return count;
        } catch (GeneralSecurityException | FormatException e) {
            throw new IllegalStateException("a message could not be sealed", e);
        }
    }

    /**
     * Begins a message that is sealed in parts, which need not lie in one array; {@link #sealPart} and, for the last of
     * them, {@link #sealLast} follow.
     */
    void beginSealing() {
        try {
            begin(NOTHING);
        } catch (GeneralSecurityException | FormatException e) {
            throw new IllegalStateException("a message could not be sealed", e);
        }
    }

    /** Seals a part that is not the last; writes as many bytes as it takes. */
    void sealPart(byte[] from, int offset, int length, byte[] to, int toOffset) {
        try {
            cipher.update(from, offset, length, to, toOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message could not be sealed", e);
        }
    }

    /** Seals the last part; writes {@link #TAG} bytes more than it takes. */
    void sealLast(byte[] from, int offset, int length, byte[] to, int toOffset) {
        try {
            cipher.doFinal(from, offset, length, to, toOffset);
            counter++;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message could not be sealed", e);
        }
    }

    /**
     * Opens a message. The arrays may be one and the same, with the same offset; an offset of zero is fastest.
     *
     * @return the bytes written: {@code length - TAG}
     * @throws FormatException if the message is too short or was not sealed with this key and counter; nothing is lost
     *         by that, but the link should be closed
     */
    public int open(byte[] from, int offset, int length, byte[] to, int toOffset) throws FormatException {
        return open(NOTHING, from, offset, length, to, toOffset);
    }

    byte[] seal(byte[] associated, byte[] message) {
        try {
            begin(associated);
            byte[] sealed = cipher.doFinal(message);
            counter++;
            return sealed;
        } catch (GeneralSecurityException | FormatException e) {
            throw new IllegalStateException("a message could not be sealed", e);
        }
    }

    byte[] open(byte[] associated, byte[] sealed) throws FormatException {
        byte[] message = new byte[Math.max(0, sealed.length - TAG)];
        open(associated, sealed, 0, sealed.length, message, 0);
        return message;
    }

    private int open(byte[] associated, byte[] from, int offset, int length, byte[] to, int toOffset)
            throws FormatException {
        if (length < TAG) {
            throw new FormatException("a sealed message of " + length + " bytes");
        }
        try {
            begin(associated);
            int count = cipher.doFinal(from, offset, length, to, toOffset);
            counter++;
            return count;
        } catch (AEADBadTagException e) {
            throw new FormatException("a message was changed on its way");
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message could not be opened", e);
        }
    }

    private void begin(byte[] associated) throws GeneralSecurityException, FormatException {
        if (counter == -1) {
            throw new FormatException("the link has used up its nonces");
        }
        var nonce = ByteBuffer.allocate(NONCE).order(ByteOrder.LITTLE_ENDIAN).putInt(0).putLong(counter);
        cipher.init(sealing ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce.array()));
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
    }
}
