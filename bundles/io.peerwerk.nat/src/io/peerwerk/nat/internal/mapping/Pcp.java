// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;

/**
 * The datagrams of PCP's MAP operation (RFC 6887, 7 and 11).
 *
 * <pre>
 *   request   | 2 | 1 | 0: 2 | lifetime: 4 | client IP: 16 |
 *   answer    | 2 | 129 | 0 | result | lifetime: 4 | epoch: 4 | 0: 12 |
 *   both go on  | nonce: 12 | protocol | 0: 3 | internal: 2 | external: 2 | external IP: 16 |   options, not read
 * </pre>
 */
final class Pcp {

    /** Bytes of a datagram at most (RFC 6887, 7). */
    static final int MAX_LENGTH = 1100;

    /** Bytes of a mapping's nonce. */
    static final int NONCE = 12;

    private static final int VERSION = 2;
    private static final int MAP = 1;
    private static final int ANSWER = 128;
    private static final int LENGTH = 60;

    /**
     * What a gateway answers.
     *
     * @param result   0 for success
     * @param lifetime in seconds; of the refusal if it is one
     * @param nonce    that of the request
     */
    record Answer(int result, long lifetime, long epoch, byte[] nonce, Port port, int external, InetAddress address) {
    }

    private Pcp() {
    }

    /** @param lifetime in seconds; 0 gives the port back */
    static byte[] ask(byte[] nonce, InetAddress client, Port port, int external, int lifetime) {
        boolean four = client instanceof Inet4Address;
        return ByteBuffer.allocate(LENGTH).put((byte) VERSION).put((byte) MAP).putShort((short) 0).putInt(lifetime)
                .put(sixteen(client.getAddress())).put(nonce).put((byte) port.transport().number()).put(new byte[3])
                .putShort((short) port.number()).putShort((short) external)
                .put(four ? sixteen(new byte[4]) : new byte[16]).array();
    }

    static Answer parse(ByteBuffer in) throws FormatException {
        if (in.remaining() < LENGTH || in.remaining() > MAX_LENGTH) {
            throw new FormatException("a PCP answer of " + in.remaining() + " bytes");
        }
        int version = in.get() & 0xff;
        int operation = in.get() & 0xff;
        if (version != VERSION || operation != MAP + ANSWER) {
            throw new FormatException("version " + version + ", operation " + operation + " is no PCP answer");
        }
        in.get();
        int result = in.get() & 0xff;
        long lifetime = in.getInt() & 0xffffffffL;
        long epoch = in.getInt() & 0xffffffffL;
        in.position(in.position() + 12);
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        Port.Transport transport = transport(in.get() & 0xff);
        in.position(in.position() + 3);
        var port = new Port(transport, in.getShort() & 0xffff);
        int external = in.getShort() & 0xffff;
        byte[] address = new byte[16];
        in.get(address);
        return new Answer(result, lifetime, epoch, nonce, port, external, address(address));
    }

    static String reason(int result) {
        return switch (result) {
            case 1 -> "it does not know this version";
            case 2 -> "it is not authorised";
            case 3 -> "it calls the request malformed";
            case 4 -> "it does not know this operation";
            case 7 -> "it has a failure of its network";
            case 8, 10 -> "it has no room for more";
            case 12 -> "an address translator is in between";
            default -> "for reason " + result;
        };
    }

    private static Port.Transport transport(int number) throws FormatException {
        return Arrays.stream(Port.Transport.values()).filter(t -> t.number() == number).findFirst()
                .orElseThrow(() -> new FormatException("a PCP answer for IP protocol " + number));
    }

    /** An IPv4 address in the place of an IPv6 one: ::ffff:a.b.c.d. */
    private static byte[] sixteen(byte[] address) {
        if (address.length == 16) {
            return address;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
