// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.nat.internal.autonat.V1Message.DialResponse;
import io.peerwerk.nat.internal.autonat.V1Message.Status;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.spi.Swarm;

/** Dials peers back that ask for it in version 1: at the IP address that they ask from, nowhere else. */
final class V1Server {

    private final Swarm swarm;
    private final DialPolicy policy;
    private final DialLimits limits;
    private final AutonatOptions options;
    private final InstantSource clock;

    V1Server(Swarm swarm, DialPolicy policy, AutonatOptions options, InstantSource clock) {
        this.swarm = swarm;
        this.policy = policy;
        this.limits = new DialLimits(options.rates());
        this.options = options;
        this.clock = clock;
    }

    /** Serves one request. */
    void serve(Stream stream) throws IOException {
        stream.timeout(options.step());
        if (!(V1Message.parse(Frames.read(stream.input(), V1Message.MAX_LENGTH)) instanceof V1Message.Dial request)) {
            throw new FormatException("an answer without a question");
        }
        Frames.write(stream.output(), answer(stream.connection(), request).toBytes());
    }

    private DialResponse answer(Connection from, V1Message.Dial request) throws IOException {
        if (from.relayed()) {
            return refused(Status.DIAL_REFUSED, "not over a relay");
        }
        if (request.peer() == null || !request.peer().equals(from.peer())) {
            return refused(Status.BAD_REQUEST, "only the asking peer itself is dialled");
        }
        List<Multiaddr> addresses = policy.atTheAsker(from.remoteAddress(), request.addresses());
        if (addresses.isEmpty()) {
            return refused(Status.DIAL_REFUSED, "no address that can be dialled");
        }
        if (!limits.begin(from.peer(), clock.instant())) {
            return refused(Status.DIAL_REFUSED, "too many requests");
        }
        try {
            return dial(from, addresses);
        } finally {
            limits.end(from.peer());
        }
    }

    private DialResponse dial(Connection from, List<Multiaddr> addresses) throws IOException {
        Instant start = clock.instant();
        Multiaddr worked = tryAll(from, addresses);
        if (worked != null) {
            return new DialResponse(Status.OK, "", worked);
        }
        pause(options.dial().minus(Duration.between(start, clock.instant())));
        return refused(Status.DIAL_ERROR, "no address could be dialled");
    }

    private @Nullable Multiaddr tryAll(Connection from, List<Multiaddr> addresses) {
        try {
            Connection back = swarm.connect(from.peer(), addresses, Swarm.Mode.FRESH);
            Multiaddr worked = back.remoteAddress();
            back.close();
            return worked;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whoever asks sees no difference between a port that refuses at once and one that never answers. */
    static void pause(Duration rest) throws InterruptedIOException {
        if (rest.isNegative() || rest.isZero()) {
            return;
        }
        try {
            Thread.sleep(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the host closes");
        }
    }

    private static DialResponse refused(Status status, String why) {
        return new DialResponse(status, why, null);
    }
}
