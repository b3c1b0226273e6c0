// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.nat.internal.autonat.V2Message.DialStatus;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Stream;

/** Asks version 2 servers, and takes their dial backs. */
final class V2Client {

    static final String DIAL_REQUEST = "/libp2p/autonat/2/dial-request";
    static final String DIAL_BACK = "/libp2p/autonat/2/dial-back";

    /** Bytes that are spent at most to have an address dialled; twice what the specification lets servers ask for. */
    static final long MAX_DATA = 200 * 1024;

    /** Addresses of one question. */
    static final int MAX_ADDRESSES = 10;

    /** What a dial back may take longer than the answer, which comes another way. */
    private static final Duration OVERTAKING = Duration.ofSeconds(2);

    private final AutonatOptions options;
    private final Nonces nonces;

    V2Client(AutonatOptions options, SecureRandom random) {
        this.options = options;
        this.nonces = new Nonces(random);
    }

    /** Takes a dial back; a nonce that nobody waits for resets the stream. */
    void takeDialBack(Stream stream) throws IOException {
        stream.timeout(options.step());
        DialBack back = DialBack.parse(Frames.read(stream.input(), DialBack.MAX_LENGTH));
        if (!nonces.arrived(back.nonce(), stream.connection())) {
            throw new FormatException("a dial back that was not asked for");
        }
        Frames.write(stream.output(), DialBack.ok());
    }

    /** Asks to be dialled at the first of these addresses that the server is willing to dial. Blocks. */
    Answer ask(Connection server, List<Multiaddr> addresses) throws IOException {
        List<Multiaddr> some = addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES));
        Duration limit = options.step().plus(options.dial()).plus(options.herd());
        try (Nonces.Expected expected = nonces.expect(server)) {
            V2Message.DialResponse response = Exchange.talk(server.open(DIAL_REQUEST), limit, stream -> {
                Frames.write(stream.output(), V2Message.DialRequest.of(some, expected.nonce()).toBytes());
                stream.output().flush();
                return response(stream, some.size());
            });
            return judged(response, some, expected);
        }
    }

    private static V2Message.DialResponse response(Stream stream, int addresses) throws IOException {
        V2Message message = V2Message.parse(Frames.read(stream.input(), V2Message.MAX_LENGTH));
        if (message instanceof V2Message.DialDataRequest wanted) {
            if (wanted.bytes() > MAX_DATA || wanted.index() >= addresses) {
                throw new FormatException(wanted.bytes() + " bytes wanted for address " + wanted.index());
            }
            pay(stream, wanted.bytes());
            message = V2Message.parse(Frames.read(stream.input(), V2Message.MAX_LENGTH));
        }
        if (!(message instanceof V2Message.DialResponse response)) {
            throw new FormatException("no answer to a dial request");
        }
        return response;
    }

    private static void pay(Stream stream, long bytes) throws IOException {
        byte[] message = new V2Message.DialDataResponse(new byte[V2Message.MAX_DATA]).toBytes();
        for (long paid = 0; paid < bytes; paid += V2Message.MAX_DATA) {
            Frames.write(stream.output(), message);
        }
        stream.output().flush();
    }

    private static Answer judged(V2Message.DialResponse response, List<Multiaddr> asked, Nonces.Expected expected)
            throws FormatException {
        if (response.status() != V2Message.Status.OK) {
            return new Answer.Nothing();
        }
        if (response.index() >= asked.size()) {
            throw new FormatException("an answer about address " + response.index() + " of " + asked.size());
        }
        Multiaddr address = asked.get(response.index());
        boolean said = response.dialStatus() == DialStatus.OK;
        Optional<Connection> proof = expected.await(said ? OVERTAKING : Duration.ZERO);
        if (proof.isPresent()) {
            // What has come has come, whatever the server says of it; but over the transport that was asked about.
            boolean same = Addresses.kind(proof.get().localAddress()).equals(Addresses.kind(address));
            return same ? new Answer.Dialled(address, true) : new Answer.Nothing();
        }
        if (said) {
            throw new FormatException("a dial back is said to have come and has not");
        }
        return response.dialStatus() == DialStatus.DIAL_ERROR ? new Answer.Dialled(address, false)
                : new Answer.Nothing();
    }
}
