// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The messages of AutoNAT version 1.
 *
 * <pre>
 *   Message { type = 1: DIAL 0 | DIAL_RESPONSE 1;  Dial dial = 2;  DialResponse dialResponse = 3 }
 *   Dial { PeerInfo peer = 1 }                     PeerInfo { bytes id = 1;  repeated bytes addrs = 2 }
 *   DialResponse { status = 1;  string statusText = 2;  bytes addr = 3 }
 * </pre>
 */
sealed interface V1Message {

    /** Bytes of one message at most; the other implementations take 4 to 8 KiB. */
    int MAX_LENGTH = 8192;

    /** Addresses of one request that are looked at. */
    int MAX_ADDRESSES = 16;

    /** Bytes of the words that come with a status. */
    int MAX_TEXT = 512;

    int MAX_PEER = 128;

    /** What came of a request. */
    enum Status {
        OK(0), DIAL_ERROR(100), DIAL_REFUSED(101), BAD_REQUEST(200), INTERNAL_ERROR(300);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        private static Optional<Status> of(long code) {
            return Arrays.stream(values()).filter(s -> s.code == code).findFirst();
        }
    }

    /**
     * Asks to be dialled.
     *
     * @param peer      who is to be dialled; null if left out
     * @param addresses where; those of a kind that is not known here are left out
     */
    record Dial(@Nullable PeerId peer, List<Multiaddr> addresses) implements V1Message {

        public Dial {
            addresses = List.copyOf(addresses);
        }

        @Override
        public byte[] toBytes() {
            var info = new ProtoWriter();
            if (peer != null) {
                info.bytes(1, peer.toBytes());
            }
            addresses.forEach(address -> info.bytes(2, address.toBytes()));
            return new ProtoWriter().uint(1, 0).message(2, new ProtoWriter().message(1, info)).toBytes();
        }
    }

    /**
     * Says what came of it.
     *
     * @param text    words for people
     * @param address the address that worked; null if none did
     */
    record DialResponse(Status status, String text, @Nullable Multiaddr address) implements V1Message {

        @Override
        public byte[] toBytes() {
            var response = new ProtoWriter().uint(1, status.code);
            if (!text.isEmpty()) {
                response.string(2, text);
            }
            if (address != null) {
                response.bytes(3, address.toBytes());
            }
            return new ProtoWriter().uint(1, 1).message(3, response).toBytes();
        }
    }

    byte[] toBytes();

    /** Parses a message; one whose type and content do not go together is refused. */
    static V1Message parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        long type = 0;
        V1Message dial = null;
        V1Message response = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> type = in.uint();
                case 2 -> dial = dial(in.message(MAX_LENGTH));
                case 3 -> response = response(in.message(MAX_LENGTH));
                default -> in.skip();
            }
        }
        V1Message message = type == 0 ? dial : type == 1 ? response : null;
        if (message == null) {
            throw new FormatException("an AutoNAT message of type " + type + " without its content");
        }
        return message;
    }

    private static Dial dial(ProtoReader in) throws FormatException {
        PeerId peer = null;
        List<Multiaddr> addresses = List.of();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                ProtoReader info = in.message(MAX_LENGTH);
                var read = new ArrayList<Multiaddr>();
                for (int inner = info.next(); inner != 0; inner = info.next()) {
                    switch (inner) {
                        case 1 -> peer = PeerId.read(info.bytes(MAX_PEER));
                        case 2 -> addIfRoom(read, info.bytes(Multiaddr.MAX_BYTES));
                        default -> info.skip();
                    }
                }
                addresses = read;
            }
        }
        return new Dial(peer, addresses);
    }

    private static DialResponse response(ProtoReader in) throws FormatException {
        Status status = Status.OK;
        String text = "";
        Multiaddr address = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> {
                    long code = in.uint();
                    status = Status.of(code).orElseThrow(() -> new FormatException("unknown AutoNAT status " + code));
                }
                case 2 -> text = in.string(MAX_TEXT);
                case 3 -> address = Addresses.read(in.bytes(Multiaddr.MAX_BYTES)).orElse(null);
                default -> in.skip();
            }
        }
        return new DialResponse(status, text, address);
    }

    private static void addIfRoom(List<Multiaddr> addresses, byte[] bytes) {
        if (addresses.size() < MAX_ADDRESSES) {
            Addresses.read(bytes).ifPresent(addresses::add);
        }
    }
}
