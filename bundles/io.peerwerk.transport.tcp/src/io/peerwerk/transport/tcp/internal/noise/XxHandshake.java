// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;

/**
 * The XX pattern (sections 5.3 and 7.5): three messages, after which each end holds the other's static key and both
 * share a key for each direction. The ends take turns: the initiator writes first.
 */
public final class XxHandshake {

    private static final String NAME = "Noise_XX_25519_ChaChaPoly_SHA256";
    private static final int MESSAGES = 3;

    private final SymmetricState state = new SymmetricState(NAME);
    private final boolean initiator;
    private final KeyPair own;
    private final KeyPair ephemeral;
    private byte @Nullable [] remoteStatic;
    private byte @Nullable [] remoteEphemeral;
    private int turn;

    /**
     * @param own       this end's static key
     * @param ephemeral a fresh key for this handshake alone
     */
    public XxHandshake(boolean initiator, KeyPair own, KeyPair ephemeral, byte[] prologue) {
        this.initiator = initiator;
        this.own = own;
        this.ephemeral = ephemeral;
        state.mixHash(prologue);
    }

    /** Whether it is this end that writes next. */
    public boolean writesNext() {
        return !done() && (turn % 2 == 0) == initiator;
    }

    /** Whether all three messages have passed. */
    public boolean done() {
        return turn == MESSAGES;
    }

    /** Makes this end's next message with a payload in it; the first message's payload is readable by anyone. */
    public byte[] write(byte[] payload) throws FormatException {
        if (!writesNext()) {
            throw new IllegalStateException("it is not this end's turn");
        }
        var out = new ByteArrayOutputStream();
        switch (turn) {
            case 0 -> writeEphemeral(out);
            case 1 -> {
                writeEphemeral(out);
                state.mixKey(ephemeral.agree(known(remoteEphemeral)));
                out.writeBytes(state.encryptAndHash(own.publicKey()));
                state.mixKey(own.agree(known(remoteEphemeral)));
            }
            default -> {
                out.writeBytes(state.encryptAndHash(own.publicKey()));
                state.mixKey(own.agree(known(remoteEphemeral)));
            }
        }
        out.writeBytes(state.encryptAndHash(payload));
        turn++;
        return out.toByteArray();
    }

    /** Takes the other end's next message and gives the payload in it. */
    public byte[] read(byte[] message) throws FormatException {
        if (done() || writesNext()) {
            throw new IllegalStateException("it is this end's turn");
        }
        int at = 0;
        if (turn < 2) {
            at = readEphemeral(message);
        }
        if (turn == 1) {
            state.mixKey(ephemeral.agree(known(remoteEphemeral)));
        }
        if (turn > 0) {
            at = readStatic(message, at);
            state.mixKey(ephemeral.agree(known(remoteStatic)));
        }
        byte[] payload = state.decryptAndHash(Arrays.copyOfRange(message, at, message.length));
        turn++;
        return payload;
    }

    private void writeEphemeral(ByteArrayOutputStream out) {
        out.writeBytes(ephemeral.publicKey());
        state.mixHash(ephemeral.publicKey());
    }

    private int readEphemeral(byte[] message) throws FormatException {
        if (message.length < KeyPair.LENGTH) {
            throw new FormatException("a handshake message of " + message.length + " bytes");
        }
        byte[] key = Arrays.copyOf(message, KeyPair.LENGTH);
        state.mixHash(key);
        remoteEphemeral = key;
        return KeyPair.LENGTH;
    }

    private int readStatic(byte[] message, int at) throws FormatException {
        int end = at + KeyPair.LENGTH + CipherState.TAG;
        if (message.length < end) {
            throw new FormatException("a handshake message of " + message.length + " bytes");
        }
        remoteStatic = state.decryptAndHash(Arrays.copyOfRange(message, at, end));
        return end;
    }

    private static byte[] known(byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalStateException("the other end's key is not known yet");
        }
        return key;
    }

    /** The other end's static key, once its message with it was read. */
    public byte[] remoteStatic() {
        return known(remoteStatic).clone();
    }

    /** The hash of the whole handshake: the same at both ends and nowhere else. */
    public byte[] hash() {
        return state.hash();
    }

    /** The cipher for what this end sends, after the handshake. */
    public CipherState sending() {
        return new CipherState(state.split()[initiator ? 0 : 1], true);
    }

    /** The cipher for what this end receives, after the handshake. */
    public CipherState receiving() {
        return new CipherState(state.split()[initiator ? 1 : 0], false);
    }
}
