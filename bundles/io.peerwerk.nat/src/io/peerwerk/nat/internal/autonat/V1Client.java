// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.io.IOException;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;

/** Asks version 1 servers. */
final class V1Client {

    static final String PROTOCOL = "/libp2p/autonat/1.0.0";

    private final PeerId self;
    private final AutonatOptions options;

    V1Client(PeerId self, AutonatOptions options) {
        this.self = self;
        this.options = options;
    }

    /** Asks to be dialled at some of these addresses. Blocks. */
    Answer ask(Connection server, List<Multiaddr> addresses) throws IOException {
        List<Multiaddr> some = addresses.subList(0, Math.min(addresses.size(), V1Message.MAX_ADDRESSES));
        byte[] answer = Exchange.talk(server.open(PROTOCOL), options.step().plus(options.dial()), stream -> {
            Frames.write(stream.output(), new V1Message.Dial(self, some).toBytes());
            stream.output().flush();
            return Frames.read(stream.input(), V1Message.MAX_LENGTH);
        });
        if (!(V1Message.parse(answer) instanceof V1Message.DialResponse response)) {
            throw new FormatException("a question instead of an answer");
        }
        return switch (response.status()) {
            case OK -> new Answer.DialledAll(true);
            case DIAL_ERROR -> new Answer.DialledAll(false);
            case DIAL_REFUSED, BAD_REQUEST, INTERNAL_ERROR -> new Answer.Nothing();
        };
    }
}
