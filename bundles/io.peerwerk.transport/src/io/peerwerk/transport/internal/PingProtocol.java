// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Stream;

/** {@code /ipfs/ping/1.0.0}: 32 random bytes there and back, as often as the asking peer likes. */
final class PingProtocol {

    static final String NAME = "/ipfs/ping/1.0.0";

    /**
     * Streams of it that a peer may have under way: the specification wants two, one to spare while they change.
     */
    static final int MAX_STREAMS = 3;

    private static final int SIZE = 32;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

    private PingProtocol() {
    }

    /** One round trip. */
    static Duration ping(Connection connection, RandomGenerator random) throws IOException {
        byte[] sent = new byte[SIZE];
        random.nextBytes(sent);
        return Exchange.talk(connection.open(NAME), ANSWER_LIMIT, stream -> {
            long start = System.nanoTime();
            stream.output().write(sent);
            stream.output().flush();
            byte[] back = stream.input().readNBytes(SIZE);
            long end = System.nanoTime();
            if (!Arrays.equals(sent, back)) {
                throw new FormatException("the peer sent other bytes back than the ping's");
            }
            return Duration.ofNanos(end - start);
        });
    }

    /** Answers pings until the peer ends the stream. */
    static void serve(Stream stream) throws IOException {
        stream.timeout(IDLE_LIMIT);
        InputStream in = stream.input();
        OutputStream out = stream.output();
        byte[] bytes = in.readNBytes(SIZE);
        while (bytes.length == SIZE) {
            out.write(bytes);
            out.flush();
            bytes = in.readNBytes(SIZE);
        }
    }
}
