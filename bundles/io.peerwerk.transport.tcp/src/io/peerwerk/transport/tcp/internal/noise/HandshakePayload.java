// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a peer says inside the handshake.
 *
 * <pre>
 *   message NoiseHandshakePayload {
 *     optional bytes identity_key = 1;   optional bytes identity_sig = 2;   optional NoiseExtensions extensions = 4;
 *   }
 *   message NoiseExtensions { repeated bytes webtransport_certhashes = 1;   repeated string stream_muxers = 2; }
 * </pre>
 *
 * @param key       the peer's identity key
 * @param signature its signature of the Noise key
 * @param muxers    the muxers the peer offers, the preferred one first; empty if it wants to negotiate later
 */
public record HandshakePayload(PublicKey key, byte[] signature, List<String> muxers) {

    private static final byte[] PREFIX = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);

    /** Signatures of RSA keys of 8192 bits have 1024 bytes. */
    private static final int MAX_SIGNATURE = 1024;

    private static final int MAX_EXTENSIONS = 4096;
    private static final int MAX_MUXERS = 16;
    private static final int MAX_NAME = 128;

    /** Copies the list. */
    public HandshakePayload {
        muxers = List.copyOf(muxers);
    }

    /** Signs a Noise key. */
    static HandshakePayload sign(Identity identity, byte[] noiseKey, List<String> muxers) {
        return new HandshakePayload(identity.publicKey(), identity.sign(signed(noiseKey)), muxers);
    }

    /** Whether the signature binds a Noise key to the identity key. */
    boolean binds(byte[] noiseKey) {
        return key.verify(signed(noiseKey), signature);
    }

    private static byte[] signed(byte[] noiseKey) {
        byte[] message = new byte[PREFIX.length + noiseKey.length];
        System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
        System.arraycopy(noiseKey, 0, message, PREFIX.length, noiseKey.length);
        return message;
    }

    byte[] toBytes() {
        var out = new ProtoWriter().bytes(1, key.toBytes()).bytes(2, signature);
        if (!muxers.isEmpty()) {
            var extensions = new ProtoWriter();
            muxers.forEach(muxer -> extensions.string(2, muxer));
            out.message(4, extensions);
        }
        return out.toBytes();
    }

    /** Parses a payload; unknown fields are passed over. */
    public static HandshakePayload parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        PublicKey key = null;
        byte[] signature = null;
        List<String> muxers = List.of();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = PublicKey.parse(in.bytes(PublicKey.MAX_BYTES));
                case 2 -> signature = in.bytes(MAX_SIGNATURE);
                case 4 -> muxers = muxers(in.message(MAX_EXTENSIONS));
                default -> in.skip();
            }
        }
        return new HandshakePayload(there(key, "key"), there(signature, "signature"), muxers);
    }

    private static List<String> muxers(ProtoReader in) throws FormatException {
        var muxers = new ArrayList<String>();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field != 2) {
                in.skip();
            } else if (muxers.size() < MAX_MUXERS) {
                muxers.add(in.string(MAX_NAME));
            } else {
                throw new FormatException("more than " + MAX_MUXERS + " muxers");
            }
        }
        return muxers;
    }

    private static <T> T there(@Nullable T value, String what) throws FormatException {
        if (value == null) {
            throw new FormatException("a handshake without a " + what);
        }
        return value;
    }
}
