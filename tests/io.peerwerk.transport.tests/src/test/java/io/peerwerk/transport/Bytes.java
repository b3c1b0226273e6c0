// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** Many bytes through a stream and back, compared by checksum. */
final class Bytes {

    private Bytes() {
    }

    /** Sends pseudo-random bytes on a thread of its own, ends the output, and gives their checksum. */
    static CompletableFuture<Long> send(Stream stream, long length, long seed) {
        var result = new CompletableFuture<Long>();
        Thread.ofVirtual().start(() -> {
            try (OutputStream out = stream.output()) {
                var sum = new CRC32C();
                var random = new Random(seed);
                byte[] block = new byte[100_003];
                for (long left = length; left > 0; left -= block.length) {
                    random.nextBytes(block);
                    int count = (int) Math.min(left, block.length);
                    out.write(block, 0, count);
                    sum.update(block, 0, count);
                }
                result.complete(sum.getValue());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Receives to the end in small steps, with many more turns than the sender takes; gives the checksum. */
    static long receive(Stream stream, long length) throws IOException {
        var sum = new CRC32C();
        InputStream in = stream.input();
        byte[] block = new byte[4096];
        long total = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            sum.update(block, 0, count);
            total += count;
            if (total % (1 << 20) < count) {
                Thread.yield();
            }
        }
        assertEquals(length, total);
        return sum.getValue();
    }
}
