// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

import io.peerwerk.core.wire.FormatException;

/**
 * The datagrams of NAT-PMP (RFC 6886).
 *
 * <pre>
 *   ask for the address    | 0 | 0 |
 *   its answer             | 0 | 128 | result: 2 | epoch: 4 | IPv4: 4 |
 *   ask for a port         | 0 | 1 UDP, 2 TCP | 0: 2 | internal: 2 | external: 2 | lifetime: 4 |
 *   its answer             | 0 | 128 + op | result: 2 | epoch: 4 | internal: 2 | external: 2 | lifetime: 4 |
 * </pre>
 */
final class NatPmp {

    static final int PORT = 5351;

    private static final int ANSWER = 128;
    private static final int HEADER = 8;

    /** What a gateway answers. */
    sealed interface Answer {

        /** It refuses. */
        record Refused(int operation, int result) implements Answer {
        }

        /** Its outer address. */
        record Address(long epoch, InetAddress address) implements Answer {
        }

        /** It lets a port through; for 0 seconds if it was given back. */
        record Mapped(Port port, long epoch, int external, long lifetime) implements Answer {
        }
    }

    private NatPmp() {
    }

    static byte[] askAddress() {
        return new byte[] {0, 0};
    }

    /** @param lifetime in seconds; 0 gives the port back */
    static byte[] ask(Port port, int external, int lifetime) {
        return ByteBuffer.allocate(12).put((byte) 0).put((byte) operation(port.transport())).putShort((short) 0)
                .putShort((short) port.number()).putShort((short) external).putInt(lifetime).array();
    }

    static Answer parse(ByteBuffer in) throws FormatException {
        if (in.remaining() < HEADER - 4) {
            throw new FormatException("a NAT-PMP answer of " + in.remaining() + " bytes");
        }
        int version = in.get() & 0xff;
        int operation = (in.get() & 0xff) - ANSWER;
        int result = in.getShort() & 0xffff;
        if (version != 0 || operation < 0 || operation > 2) {
            throw new FormatException("version " + version + ", operation " + operation + " is no NAT-PMP answer");
        }
        if (result != 0) {
            return new Answer.Refused(operation, result);
        }
        if (in.remaining() < (operation == 0 ? 8 : 12)) {
            throw new FormatException("a NAT-PMP answer is cut off");
        }
        long epoch = in.getInt() & 0xffffffffL;
        return operation == 0 ? new Answer.Address(epoch, address(in))
                : new Answer.Mapped(new Port(operation == 1 ? Port.Transport.UDP : Port.Transport.TCP,
                        in.getShort() & 0xffff), epoch, in.getShort() & 0xffff, in.getInt() & 0xffffffffL);
    }

    /** What a gateway that speaks NAT-PMP only says to a request of PCP: this is no version I know. */
    static boolean isWhatPcpGets(byte[] bytes) {
        return bytes.length >= 4 && bytes[0] == 0;
    }

    static String reason(int result) {
        return switch (result) {
            case 1 -> "it does not know this version";
            case 2 -> "port mapping is switched off";
            case 3 -> "it has no outer address itself";
            case 4 -> "it has no room for more";
            case 5 -> "it does not know this operation";
            default -> "for reason " + result;
        };
    }

    private static int operation(Port.Transport transport) {
        return transport == Port.Transport.UDP ? 1 : 2;
    }

    private static InetAddress address(ByteBuffer in) {
        byte[] bytes = new byte[4];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
