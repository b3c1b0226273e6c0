// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a peer and a relay say to each other.
 *
 * <pre>
 *   message HopMessage {
 *     Type type = 1;  (RESERVE 0, CONNECT 1, STATUS 2)        Peer peer = 2;       Reservation reservation = 3;
 *     Limit limit = 4;                                        Status status = 5;
 *   }
 * </pre>
 */
sealed interface HopMessage {

    String PROTOCOL = "/libp2p/circuit/relay/0.2.0/hop";

    /** The longest message that is taken, in bytes. */
    int MAX_LENGTH = 8 * 1024;

    int RESERVE = 0;
    int CONNECT = 1;
    int STATUS = 2;

    /** "Let others reach me through you." */
    record Reserve() implements HopMessage {
    }

    /** "Connect me with this peer." */
    record Connect(PeerId peer) implements HopMessage {
    }

    /** The answer to both. */
    record Answer(RelayStatus status, Optional<Reservation> reservation, Optional<Limit> limit) implements HopMessage {

        static Answer refused(RelayStatus status) {
            return new Answer(status, Optional.empty(), Optional.empty());
        }
    }

    default byte[] toBytes() {
        return switch (this) {
            case Reserve reserve -> new ProtoWriter().uint(1, RESERVE).toBytes();
            case Connect(PeerId peer) -> new ProtoWriter().uint(1, CONNECT).message(2, PeerField.write(peer)).toBytes();
            case Answer(RelayStatus status, Optional<Reservation> reservation, Optional<Limit> limit) -> {
                var out = new ProtoWriter().uint(1, STATUS);
                reservation.ifPresent(r -> out.message(3, r.write()));
                limit.ifPresent(l -> out.message(4, l.write()));
                yield out.uint(5, status.code()).toBytes();
            }
        };
    }

    /** Reads a message, which fills the bytes. */
    static HopMessage parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        long type = -1;
        @Nullable PeerId peer = null;
        @Nullable Reservation reservation = null;
        @Nullable Limit limit = null;
        RelayStatus status = RelayStatus.UNUSED;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> type = in.uint();
                case 2 -> peer = PeerField.read(in.message(MAX_LENGTH));
                case 3 -> reservation = Reservation.read(in.message(MAX_LENGTH));
                case 4 -> limit = Limit.read(in.message(MAX_LENGTH));
                case 5 -> status = RelayStatus.of(in.uint());
                default -> in.skip();
            }
        }
        if (type == RESERVE) {
            return new Reserve();
        } else if (type == CONNECT && peer != null) {
            return new Connect(peer);
        } else if (type == STATUS) {
            return new Answer(status, Optional.ofNullable(reservation), Optional.ofNullable(limit));
        }
        throw new FormatException(type == CONNECT ? "a relay is asked for nobody" : "no message of a relay: " + type);
    }
}
