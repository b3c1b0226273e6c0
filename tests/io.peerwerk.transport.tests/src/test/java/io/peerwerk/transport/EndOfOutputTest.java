// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.multistream.Line;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** When a peer is told that a stream opened here brings no more: js-libp2p may miss an end that comes too early. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndOfOutputTest {

    private static final String ASK = "/test/ask/1.0.0";

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final SwitchHost host = hosts.start(HostOptions.local().identifying(false));
    private RawPeer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer(host.addresses().getFirst()).secured();
        await().until(() -> host.connection(peer.identity.id()).isPresent());
    }

    @AfterEach
    void stop() {
        peer.close();
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {ASK, Line.NOT_AVAILABLE})
    void theEndIsToldWhenTheWholeProposalIsAnswered(String answer) throws IOException {
        Stream stream = host.open(peer.identity.id(), ASK);
        stream.output().write('?');
        stream.output().close();
        int id = peer.proposed(ASK);
        assertFalse(endsBeforeAPong(id), "told before the peer has said anything");
        peer.answer(id, Line.HEADER);
        assertFalse(endsBeforeAPong(id), "told when the peer has said the header");
        peer.answer(id, answer);
        awaitEnd(id);
    }

    @Test
    void theEndIsToldAtOnceIfNobodyWaitsForAnAnswer() throws IOException {
        Stream stream = host.open(peer.identity.id(), ASK);
        stream.output().write('!');
        stream.close();
        awaitEnd(peer.proposed(ASK));
    }

    /** Twice there and back, so that what the first brings about has happened. */
    private boolean endsBeforeAPong(int stream) throws IOException {
        boolean ended = false;
        for (int ping = 1; ping <= 2; ping++) {
            peer.sendFrame(RawPeer.PING, RawPeer.SYN, 0, ping, new byte[0]);
            RawPeer.Frame frame;
            do {
                frame = peer.receive();
                ended |= isEnd(frame, stream);
            } while (frame.type() != RawPeer.PING || (frame.flags() & RawPeer.ACK) == 0);
        }
        return ended;
    }

    private void awaitEnd(int stream) throws IOException {
        while (!isEnd(peer.receive(), stream)) {
            continue;
        }
    }

    private static boolean isEnd(RawPeer.Frame frame, int stream) {
        return frame.stream() == stream && (frame.flags() & RawPeer.FIN) != 0;
    }
}
