// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.peerwerk.transport.Connection;

/**
 * The nonces that dial backs are waited for. One counts only when it comes in on a connection that the other end has
 * made, directly, after the question and beside the one it was asked over: otherwise a server that cannot reach this
 * peer would say it over the connection there is. Compared in constant time. Thread-safe.
 */
final class Nonces {

    /** One that is waited for. Closing it ends that. */
    final class Expected implements AutoCloseable {

        private final byte[] nonce;
        private final Connection askedOver;
        private final CompletableFuture<Connection> arrived = new CompletableFuture<>();

        private Expected(byte[] nonce, Connection askedOver) {
            this.nonce = nonce;
            this.askedOver = askedOver;
        }

        long nonce() {
            return ByteBuffer.wrap(nonce).getLong();
        }

        /** The connection that it came in on. Waits so long at most. */
        Optional<Connection> await(Duration patience) {
            try {
                return Optional.of(arrived.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            expected.remove(this);
        }
    }

    private final SecureRandom random;
    private final Set<Expected> expected = ConcurrentHashMap.newKeySet();

    Nonces(SecureRandom random) {
        this.random = random;
    }

    /** A fresh nonce, to be sent over a connection. */
    Expected expect(Connection askedOver) {
        byte[] nonce = new byte[Long.BYTES];
        random.nextBytes(nonce);
        var one = new Expected(nonce, askedOver);
        expected.add(one);
        return one;
    }

    /** A nonce has come in; whether it was waited for, and on this connection. */
    boolean arrived(long nonce, Connection on) {
        if (on.initiator() || on.relayed()) {
            return false;
        }
        byte[] said = ByteBuffer.allocate(Long.BYTES).putLong(nonce).array();
        Expected match = null;
        for (Expected one : expected) {
            if (MessageDigest.isEqual(one.nonce, said) & one.askedOver != on) {
                match = one;
            }
        }
        return match != null && match.arrived.complete(on);
    }
}
