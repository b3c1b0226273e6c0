// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicTokenHandler;

/**
 * Asks callers to come again with a token, so that only who gets mail at its address is worth a handshake (RFC 9000,
 * 8.1.2). Costs an honest caller a round trip, and is therefore done only while many handshakes are under way.
 *
 * <pre>
 *   8 bytes   when it was made, milliseconds
 *   32 bytes  HMAC-SHA-256 of the time, the caller's address and port, and the rest
 *   0 to 20   the connection id that the caller had chosen
 * </pre>
 *
 * <p>The key is random and lives as long as this object. Used on one event loop.
 */
final class RetryTokens implements QuicTokenHandler {

    /** How long a token is good. Long enough for any round trip, too short to gather them. */
    static final Duration LIFE = Duration.ofSeconds(10);

    private static final int TIME = Long.BYTES;
    private static final int SEAL = 32;
    private static final int HEADER = TIME + SEAL;
    private static final int MAX_ID = 20;

    private final InstantSource clock;
    private final BooleanSupplier wanted;
    private final Mac mac;

    /** @param wanted whether callers must come again now */
    RetryTokens(SecureRandom random, InstantSource clock, BooleanSupplier wanted) {
        this.clock = clock;
        this.wanted = wanted;
        byte[] key = new byte[SEAL];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf id, InetSocketAddress caller) {
        if (!wanted.getAsBoolean() || id.readableBytes() > MAX_ID) {
            return false;
        }
        byte[] chosen = ByteBufUtil.getBytes(id);
        long now = clock.millis();
        out.writeLong(now).writeBytes(seal(now, caller, chosen)).writeBytes(chosen);
        return true;
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress caller) {
        int length = token.readableBytes();
        if (length < HEADER || length > HEADER + MAX_ID) {
            return -1;
        }
        byte[] bytes = ByteBufUtil.getBytes(token);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long made = in.getLong();
        byte[] seal = new byte[SEAL];
        in.get(seal);
        byte[] chosen = new byte[in.remaining()];
        in.get(chosen);
        boolean genuine = MessageDigest.isEqual(seal, seal(made, caller, chosen));
        long age = clock.millis() - made;
        return genuine && age >= 0 && age <= LIFE.toMillis() ? HEADER : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEADER + MAX_ID;
    }

    private byte[] seal(long time, InetSocketAddress caller, byte[] chosen) {
        byte[] host = caller.getAddress().getAddress();
        ByteBuffer sealed = ByteBuffer.allocate(TIME + 1 + host.length + Integer.BYTES + chosen.length);
        sealed.putLong(time).put((byte) host.length).put(host).putInt(caller.getPort()).put(chosen);
        return mac.doFinal(sealed.array());
    }
}
