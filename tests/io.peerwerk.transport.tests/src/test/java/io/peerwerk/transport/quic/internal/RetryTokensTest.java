// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class RetryTokensTest {

    private static final int HEADER = 40;

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private boolean wanted = true;
    private final RetryTokens tokens = new RetryTokens(new SecureRandom(), () -> now, () -> wanted);
    private final InetSocketAddress caller = address(1, 4001);

    private static InetSocketAddress address(int host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuf id(int length) {
        return Unpooled.wrappedBuffer(new byte[length]);
    }

    private ByteBuf token(int idLength) {
        ByteBuf token = Unpooled.buffer();
        assertTrue(tokens.writeToken(token, id(idLength), caller));
        assertEquals(HEADER + idLength, token.readableBytes());
        return token;
    }

    @Test
    void noTokenIsAskedForWhileThereIsRoom() {
        wanted = false;
        assertFalse(tokens.writeToken(Unpooled.buffer(), id(8), caller));
    }

    @Test
    void aTokenIsGoodForTheAddressItWasMadeFor() {
        for (int length : new int[] {0, 8, 20}) {
            assertEquals(HEADER, tokens.validateToken(token(length), caller));
        }
        assertEquals(-1, tokens.validateToken(token(8), address(2, 4001)));
        assertEquals(-1, tokens.validateToken(token(8), address(1, 4002)));
    }

    @Test
    void aTokenIsGoodForTenSeconds() {
        ByteBuf token = token(8);
        now = now.plus(RetryTokens.LIFE);
        assertEquals(HEADER, tokens.validateToken(token.slice(), caller));
        now = now.plusMillis(1);
        assertEquals(-1, tokens.validateToken(token.slice(), caller));
        now = now.minus(RetryTokens.LIFE).minusMillis(2);
        assertEquals(-1, tokens.validateToken(token.slice(), caller), "a token from the future");
    }

    @Test
    void aTokenThatWasChangedInAnyByteIsRefused() {
        ByteBuf token = token(8);
        for (int at = 0; at < token.readableBytes(); at++) {
            ByteBuf changed = token.copy();
            changed.setByte(at, changed.getByte(at) ^ 1);
            assertEquals(-1, tokens.validateToken(changed, caller), "byte " + at);
        }
    }

    @Test
    void aTokenOfAWrongLengthIsRefused() {
        assertEquals(-1, tokens.validateToken(id(HEADER - 1), caller));
        assertEquals(-1, tokens.validateToken(id(HEADER + 21), caller));
        assertEquals(-1, tokens.validateToken(token(8).slice(0, HEADER + 7), caller));
        assertFalse(tokens.writeToken(Unpooled.buffer(), id(21), caller));
    }

    @Test
    void aTokenOfAnotherNodeIsRefused() {
        var other = new RetryTokens(new SecureRandom(), () -> now, () -> true);
        assertEquals(-1, other.validateToken(token(8), caller));
    }
}
