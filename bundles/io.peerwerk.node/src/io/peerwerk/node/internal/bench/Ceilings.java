// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import io.peerwerk.node.internal.bench.transport.PlainSockets;
import io.peerwerk.storage.ErasureCoding;
import io.peerwerk.storage.PutOptions;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What this machine does at one thing alone, in MB/s of content; each the median of several rounds after a warm-up. */
public final class Ceilings {
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 200_000_000;
    private static final int MOST_WARM_UPS = 40;
    /** Warm when so many rounds in a row were no more than a twentieth faster than the best before. */
    private static final int STEADY_ROUNDS = 3;
    private static final double FASTER = 1.05;
    private static final int MEBIBYTE = 1 << 20;
    private static final int CHUNK = MEBIBYTE;
    private static final int NOISE_MESSAGE = 65_519;
    /** As the storage feeds it: a cipher that gets a whole chunk at once is compiled late. */
    private static final int PIECE = 4096;
    private static final int TAG_BITS = 128;

    private final LongSupplier nanos;
    private final byte[] content = new byte[CHUNK];

    /** Work on a number of bytes. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, GeneralSecurityException;
    }

    public Ceilings(LongSupplier nanos) {
        this.nanos = nanos;
        new SplittableRandom(1).nextBytes(content);
    }

    /** The rate of work that is done over and over: first to warm up, then in rounds of which the median counts. */
    private double median(long bytes, Work work) throws IOException {
        try {
            warmUp(bytes, work);
            double[] rates = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                rates[i] = rate(bytes, work);
            }
            Arrays.sort(rates);
            return rates[ROUNDS / 2];
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK lacks an algorithm: " + e.getMessage(), e);
        }
    }

    private void warmUp(long bytes, Work work) throws IOException, GeneralSecurityException {
        double best = 0;
        int steady = 0;
        for (int i = 0; i < MOST_WARM_UPS && steady < STEADY_ROUNDS; i++) {
            double rate = rate(bytes, work);
            steady = rate > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }

    private double rate(long bytes, Work work) throws IOException, GeneralSecurityException {
        long start = nanos.getAsLong();
        long done = 0;
        long elapsed;
        do {
            work.run();
            done += bytes;
            elapsed = nanos.getAsLong() - start;
        } while (elapsed < ROUND_NANOS);
        return done / 1e6 / (elapsed / 1e9);
    }

    /** One plain TCP connection over loopback, one thread at each end. */
    public double loopback() throws IOException {
        long bytes = 64L * MEBIBYTE;
        var sockets = new PlainSockets();
        return median(bytes, () -> sockets.move(bytes));
    }

    /** Noise's cipher on messages of the size that Noise has, sealing only. */
    public double chaCha20Poly1305() throws IOException {
        int messages = 128;
        var key = new SecretKeySpec(content, 0, 32, "ChaCha20");
        byte[] sealed = new byte[NOISE_MESSAGE + TAG_BITS / 8];
        return median((long) messages * NOISE_MESSAGE, () -> {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            for (int i = 0; i < messages; i++) {
                cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce(i)));
                cipher.doFinal(content, 0, NOISE_MESSAGE, sealed);
            }
        });
    }

    /** The cipher of stored chunks, on whole chunks. */
    public double aes256Gcm() throws IOException {
        int chunks = 8;
        var key = new SecretKeySpec(content, 0, 32, "AES");
        byte[] sealed = new byte[CHUNK + TAG_BITS / 8];
        return median((long) chunks * CHUNK, () -> {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            for (int i = 0; i < chunks; i++) {
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce(i)));
                int done = 0;
                for (int at = 0; at < CHUNK; at += PIECE) {
                    done += cipher.update(content, at, PIECE, sealed, done);
                }
                cipher.doFinal(sealed, done);
            }
        });
    }

    /** Each call another nonce; the ciphers insist. */
    private byte[] nonce(int number) {
        return ByteBuffer.allocate(12).putLong(nanos.getAsLong()).putInt(number).array();
    }

    /** The hash that names shards. */
    public double sha256() throws IOException {
        int chunks = 8;
        return median((long) chunks * CHUNK, () -> {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < chunks; i++) {
                digest.update(content);
            }
            digest.digest();
        });
    }

    /** From chunks to all their shards; the rate is that of the chunks. */
    public double reedSolomon(PutOptions shards) throws IOException, InterruptedException {
        ErasureCoding.usesVectors();
        int chunks = 4;
        var coding = new ErasureCoding(shards);
        return median((long) chunks * CHUNK, () -> {
            for (int i = 0; i < chunks; i++) {
                coding.encode(content);
            }
        });
    }

    /** One file written from end to end and fsynced. */
    public double disk(Path directory) throws IOException {
        int chunks = 64;
        Path file = Files.createTempFile(directory, "disk", null);
        try {
            return median((long) chunks * CHUNK, () -> write(file, chunks));
        } finally {
            Files.delete(file);
        }
    }

    /** A file copied as {@code cp} does it, and fsynced: read from the cache of the system, as the next program would. */
    public double copy(Path source) throws IOException {
        Path copy = source.resolveSibling("ceiling");
        try {
            return median(Files.size(source), () -> {
                Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(copy, WRITE)) {
                    channel.force(false);
                }
            });
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void write(Path file, int chunks) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE, TRUNCATE_EXISTING)) {
            for (int i = 0; i < chunks; i++) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            channel.force(false);
        }
    }
}
