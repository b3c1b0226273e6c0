// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a relay and the peer that is reached through it say to each other.
 *
 * <pre>
 *   message StopMessage {
 *     Type type = 1;  (CONNECT 0, STATUS 1)      Peer peer = 2;      Limit limit = 3;      Status status = 4;
 *   }
 * </pre>
 */
sealed interface StopMessage {

    String PROTOCOL = "/libp2p/circuit/relay/0.2.0/stop";

    int MAX_LENGTH = HopMessage.MAX_LENGTH;

    int CONNECT = 0;
    int STATUS = 1;

    /** "This peer wants to be connected with you." */
    record Connect(PeerId peer, Optional<Limit> limit) implements StopMessage {
    }

    /** The answer. */
    record Answer(RelayStatus status) implements StopMessage {
    }

    default byte[] toBytes() {
        return switch (this) {
            case Connect(PeerId peer, Optional<Limit> limit) -> {
                var out = new ProtoWriter().uint(1, CONNECT).message(2, PeerField.write(peer));
                limit.ifPresent(l -> out.message(3, l.write()));
                yield out.toBytes();
            }
            case Answer(RelayStatus status) -> new ProtoWriter().uint(1, STATUS).uint(4, status.code()).toBytes();
        };
    }

    /** Reads a message, which fills the bytes. */
    static StopMessage parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        long type = -1;
        @Nullable PeerId peer = null;
        @Nullable Limit limit = null;
        RelayStatus status = RelayStatus.UNUSED;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> type = in.uint();
                case 2 -> peer = PeerField.read(in.message(MAX_LENGTH));
                case 3 -> limit = Limit.read(in.message(MAX_LENGTH));
                case 4 -> status = RelayStatus.of(in.uint());
                default -> in.skip();
            }
        }
        if (type == CONNECT && peer != null) {
            return new Connect(peer, Optional.ofNullable(limit));
        } else if (type == STATUS) {
            return new Answer(status);
        }
        throw new FormatException(type == CONNECT ? "a connection from nobody" : "no message of a relay: " + type);
    }
}
