// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A router on loopback that speaks NAT-PMP, and PCP if it is told to, in their own bytes. */
final class FakeGateway implements AutoCloseable {

    /** Answers one datagram with any number of others. */
    interface Script {
        List<byte[]> answers(byte[] question) throws IOException;
    }

    final Map<String, Integer> mapped = new ConcurrentHashMap<>();
    final List<byte[]> questions = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;
    private final byte[] outer;
    volatile Script script;
    volatile int epoch = 1000;
    volatile int shift;

    FakeGateway(boolean pcp, String outer) throws IOException {
        this.outer = InetAddress.getByName(outer).getAddress();
        this.script = pcp ? this::pcp : this::natPmp;
        this.socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        byte[] buffer = new byte[1100];
        while (!socket.isClosed()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] question = Arrays.copyOf(buffer, packet.getLength());
                questions.add(question);
                for (byte[] answer : script.answers(question)) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                socket.close();
            }
        }
    }

    List<byte[]> natPmp(byte[] question) {
        ByteBuffer in = ByteBuffer.wrap(question);
        if (in.get() != 0) {
            return List.of(ByteBuffer.allocate(8).put((byte) 0).put((byte) (128 + question[1])).putShort((short) 1)
                    .putInt(epoch).array());
        }
        int operation = in.get();
        if (operation == 0) {
            return List.of(ByteBuffer.allocate(12).put((byte) 0).put((byte) 128).putShort((short) 0).putInt(epoch)
                    .put(outer).array());
        }
        in.getShort();
        int internal = in.getShort() & 0xffff;
        in.getShort();
        int lifetime = in.getInt();
        int external = note((operation == 1 ? "UDP " : "TCP ") + internal, internal, lifetime);
        return List.of(ByteBuffer.allocate(16).put((byte) 0).put((byte) (128 + operation)).putShort((short) 0)
                .putInt(epoch).putShort((short) internal).putShort((short) external).putInt(lifetime).array());
    }

    List<byte[]> pcp(byte[] question) {
        ByteBuffer in = ByteBuffer.wrap(question);
        in.position(4);
        int lifetime = in.getInt();
        byte[] rest = Arrays.copyOfRange(question, 24, 60);
        ByteBuffer map = ByteBuffer.wrap(rest);
        int internal = map.getShort(16) & 0xffff;
        int external = note((map.get(12) == 17 ? "UDP " : "TCP ") + internal, internal, lifetime);
        map.putShort(18, (short) external);
        map.position(20);
        map.put(new byte[10]).put((byte) -1).put((byte) -1).put(outer);
        return List.of(ByteBuffer.allocate(60).put((byte) 2).put((byte) 129).put((byte) 0).put((byte) 0)
                .putInt(lifetime).putInt(epoch).put(new byte[12]).put(rest).array());
    }

    private int note(String port, int internal, int lifetime) {
        if (lifetime == 0) {
            mapped.remove(port);
            return 0;
        }
        int external = internal + shift & 0xffff;
        mapped.put(port, external);
        return external;
    }

    @Override
    public void close() {
        socket.close();
    }
}
