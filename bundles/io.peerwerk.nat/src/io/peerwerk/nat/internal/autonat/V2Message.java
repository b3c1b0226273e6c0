// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The messages on a dial-request stream of AutoNAT version 2.
 *
 * <pre>
 *   Message { oneof: DialRequest 1 | DialResponse 2 | DialDataRequest 3 | DialDataResponse 4 }
 *   DialRequest { repeated bytes addrs = 1;  fixed64 nonce = 2 }
 *   DialResponse { ResponseStatus status = 1;  uint32 addrIdx = 2;  DialStatus dialStatus = 3 }
 *   DialDataRequest { uint32 addrIdx = 1;  uint64 numBytes = 2 }        DialDataResponse { bytes data = 1 }
 * </pre>
 */
sealed interface V2Message {

    /** Bytes of one message at most, as in the other implementations. */
    int MAX_LENGTH = 8192;

    /** Addresses of one request that are looked at; those after them are not. */
    int MAX_ADDRESSES = 50;

    /** Bytes of data in one message at most, by the specification. */
    int MAX_DATA = 4096;

    /** What came of a request. */
    enum Status {
        INTERNAL_ERROR(0), REQUEST_REJECTED(100), DIAL_REFUSED(101), OK(200);

        private final int code;

        Status(int code) {
            this.code = code;
        }
    }

    /** What came of the dial. */
    enum DialStatus {
        UNUSED(0), DIAL_ERROR(100), DIAL_BACK_ERROR(101), OK(200);

        private final int code;

        DialStatus(int code) {
            this.code = code;
        }
    }

    /**
     * Asks to be dialled.
     *
     * @param addresses where, those that matter most first; empty stands for one of a kind that is not known here, so
     *                  that the places of the others are what they are for the sender
     * @param nonce     what the dial back is to say
     */
    record DialRequest(List<Optional<Multiaddr>> addresses, long nonce) implements V2Message {

        public DialRequest {
            addresses = List.copyOf(addresses);
        }

        static DialRequest of(List<Multiaddr> addresses, long nonce) {
            return new DialRequest(addresses.stream().map(Optional::of).toList(), nonce);
        }

        @Override
        public byte[] toBytes() {
            var request = new ProtoWriter();
            addresses.forEach(address -> request.bytes(1, address.map(Multiaddr::toBytes).orElse(new byte[0])));
            return new ProtoWriter().message(1, request.fixed64(2, nonce)).toBytes();
        }
    }

    /**
     * Says what came of it.
     *
     * @param index which of the addresses was dialled
     */
    record DialResponse(Status status, int index, DialStatus dialStatus) implements V2Message {

        static DialResponse refusing(Status status) {
            return new DialResponse(status, 0, DialStatus.UNUSED);
        }

        @Override
        public byte[] toBytes() {
            return new ProtoWriter().message(2, new ProtoWriter().uint(1, status.code).uint(2, index)
                    .uint(3, dialStatus.code)).toBytes();
        }
    }

    /** Wants so many bytes before it dials an address. */
    record DialDataRequest(int index, long bytes) implements V2Message {

        @Override
        public byte[] toBytes() {
            return new ProtoWriter().message(3, new ProtoWriter().uint(1, index).uint(2, bytes)).toBytes();
        }
    }

    /** Some of the bytes that were wanted. What they are is of no interest. */
    record DialDataResponse(byte[] data) implements V2Message {

        @Override
        public byte[] toBytes() {
            return new ProtoWriter().message(4, new ProtoWriter().bytes(1, data)).toBytes();
        }
    }

    byte[] toBytes();

    /** Parses a message; exactly one of the four must be in it, or the last of several counts. */
    static V2Message parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        V2Message message = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> message = request(in.message(MAX_LENGTH));
                case 2 -> message = response(in.message(MAX_LENGTH));
                case 3 -> message = dataRequest(in.message(MAX_LENGTH));
                case 4 -> message = data(in.message(MAX_LENGTH));
                default -> in.skip();
            }
        }
        if (message == null) {
            throw new FormatException("an AutoNAT message with nothing in it that is known");
        }
        return message;
    }

    private static DialRequest request(ProtoReader in) throws FormatException {
        var addresses = new ArrayList<Optional<Multiaddr>>();
        long nonce = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> {
                    byte[] address = in.bytes(MAX_LENGTH);
                    if (addresses.size() < MAX_ADDRESSES) {
                        addresses.add(Addresses.read(address));
                    }
                }
                case 2 -> nonce = in.fixed64();
                default -> in.skip();
            }
        }
        return new DialRequest(addresses, nonce);
    }

    private static DialResponse response(ProtoReader in) throws FormatException {
        Status status = Status.INTERNAL_ERROR;
        int index = 0;
        DialStatus dial = DialStatus.UNUSED;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> {
                    long code = in.uint();
                    status = Arrays.stream(Status.values()).filter(s -> s.code == code).findFirst()
                            .orElseThrow(() -> new FormatException("unknown AutoNAT response status " + code));
                }
                case 2 -> index = index(in.uint());
                case 3 -> {
                    long code = in.uint();
                    dial = Arrays.stream(DialStatus.values()).filter(s -> s.code == code).findFirst()
                            .orElseThrow(() -> new FormatException("unknown AutoNAT dial status " + code));
                }
                default -> in.skip();
            }
        }
        return new DialResponse(status, index, dial);
    }

    private static DialDataRequest dataRequest(ProtoReader in) throws FormatException {
        int index = 0;
        long bytes = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> index = index(in.uint());
                case 2 -> bytes = in.uint();
                default -> in.skip();
            }
        }
        if (bytes < 0) {
            throw new FormatException("dial data of " + Long.toUnsignedString(bytes) + " bytes");
        }
        return new DialDataRequest(index, bytes);
    }

    private static DialDataResponse data(ProtoReader in) throws FormatException {
        byte[] data = new byte[0];
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                data = in.bytes(MAX_LENGTH);
            }
        }
        return new DialDataResponse(data);
    }

    private static int index(long value) throws FormatException {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new FormatException("an address of index " + Long.toUnsignedString(value));
        }
        return (int) value;
    }
}
