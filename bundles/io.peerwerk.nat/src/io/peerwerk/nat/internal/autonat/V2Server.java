// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.nat.internal.autonat.V2Message.DialResponse;
import io.peerwerk.nat.internal.autonat.V2Message.DialStatus;
import io.peerwerk.nat.internal.autonat.V2Message.Status;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.spi.Swarm;

/** Dials peers back that ask for it in version 2: one address, for which they pay in bytes if it is not their own. */
final class V2Server {

    /** What an address elsewhere costs, in bytes: more than a handshake with whoever may be there. */
    static final int MIN_DATA = 30_000;
    static final int MAX_DATA = 100_000;

    /** Data in smaller pieces is a way to make work, not to pay. */
    private static final int MIN_PIECE = 100;

    /** All of the data has to come within this: whoever trickles it holds a slot. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Swarm swarm;
    private final DialPolicy policy;
    private final DialLimits limits;
    private final AutonatOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random thread-safe */
    V2Server(Swarm swarm, DialPolicy policy, AutonatOptions options, InstantSource clock, RandomGenerator random) {
        this.swarm = swarm;
        this.policy = policy;
        this.limits = new DialLimits(options.rates());
        this.options = options;
        this.clock = clock;
        this.random = random;
    }

    /** Serves one request. */
    void serve(Stream stream) throws IOException {
        stream.timeout(options.step());
        PeerId peer = stream.connection().peer();
        if (stream.connection().relayed() || !limits.begin(peer, clock.instant())) {
            answer(stream, DialResponse.refusing(Status.REQUEST_REJECTED));
            return;
        }
        try {
            if (!(read(stream) instanceof V2Message.DialRequest request)) {
                throw new FormatException("no dial request");
            }
            answer(stream, serve(stream, request));
        } finally {
            limits.end(peer);
        }
    }

    private DialResponse serve(Stream stream, V2Message.DialRequest request) throws IOException {
        int index = policy.first(request.addresses());
        if (index < 0) {
            return DialResponse.refusing(Status.DIAL_REFUSED);
        }
        Multiaddr address = request.addresses().get(index).orElseThrow();
        if (DialPolicy.isForeign(stream.connection().remoteAddress(), address)) {
            if (!limits.foreign(clock.instant())) {
                return DialResponse.refusing(Status.REQUEST_REJECTED);
            }
            collect(stream, index);
            V1Server.pause(Duration.ofMillis(random.nextLong(options.herd().toMillis() + 1)));
        }
        return new DialResponse(Status.OK, index, dialBack(stream.connection().peer(), address, request.nonce()));
    }

    private void collect(Stream stream, int index) throws IOException {
        int wanted = random.nextInt(MIN_DATA, MAX_DATA + 1);
        answer(stream, new V2Message.DialDataRequest(index, wanted));
        int left = wanted;
        Instant end = clock.instant().plus(PATIENCE);
        while (left > 0) {
            if (clock.instant().isAfter(end)) {
                throw new SocketTimeoutException("dial data comes too slowly");
            }
            if (!(read(stream) instanceof V2Message.DialDataResponse piece)) {
                throw new FormatException("no dial data");
            }
            left -= piece.data().length;
            if (left > 0 && piece.data().length < MIN_PIECE) {
                throw new FormatException("dial data in pieces of " + piece.data().length + " bytes");
            }
        }
    }

    private DialStatus dialBack(PeerId peer, Multiaddr address, long nonce) {
        Connection connection;
        try {
            connection = swarm.connect(peer, List.of(address), Swarm.Mode.FRESH);
        } catch (IOException e) {
            return DialStatus.DIAL_ERROR;
        }
        try {
            Exchange.talk(connection.open(V2Client.DIAL_BACK), options.step(), back -> {
                Frames.write(back.output(), new DialBack(nonce).toBytes());
                back.output().close();
                return Frames.read(back.input(), DialBack.MAX_LENGTH);
            });
            return DialStatus.OK;
        } catch (IOException e) {
            return DialStatus.DIAL_BACK_ERROR;
        } finally {
            connection.close();
        }
    }

    private static V2Message read(Stream stream) throws IOException {
        return V2Message.parse(Frames.read(stream.input(), V2Message.MAX_LENGTH));
    }

    private static void answer(Stream stream, V2Message message) throws IOException {
        Frames.write(stream.output(), message.toBytes());
        stream.output().flush();
    }
}
