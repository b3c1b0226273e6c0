// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.internal.multistream.Line;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.tcp.internal.noise.CipherState;
import io.peerwerk.transport.tcp.internal.noise.KeyPair;
import io.peerwerk.transport.tcp.internal.noise.PeerHandshake;

/**
 * A peer that follows the protocols down to the layer at which its test wants it to misbehave, over a plain socket. It
 * dials; it takes no care of flow control and answers nothing by itself.
 */
final class RawPeer implements AutoCloseable {

    static final int DATA = 0;
    static final int WINDOW = 1;
    static final int PING = 2;
    static final int SYN = 1;
    static final int FIN = 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    final Identity identity = Identity.generate(RANDOM);
    private final Socket socket;
    private final DataInputStream in;
    private CipherState sending;
    private CipherState receiving;

    RawPeer(Multiaddr address) throws IOException {
        socket = new Socket();
        socket.connect(address.withoutPeer().tcpAddress().orElseThrow(), 10_000);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Agrees on Noise; the handshake comes next. */
    RawPeer choseNoise() throws IOException {
        send(Line.encode(Line.HEADER, "/noise"));
        Line.read(in);
        Line.read(in);
        return this;
    }

    void sendNoise(byte[] message) throws IOException {
        send(ByteBuffer.allocate(2 + message.length).putShort((short) message.length).put(message).array());
    }

    byte[] receiveNoise() throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }

    /** Is secure, and both have agreed on yamux within the handshake. */
    RawPeer secured() throws IOException {
        choseNoise();
        var task = new SecureChannel.Task(identity, true, Optional.empty(), List.of("/yamux/1.0.0"));
        var handshake = new PeerHandshake(task, KeyPair.generate(RANDOM), KeyPair.generate(RANDOM));
        sendNoise(handshake.start().orElseThrow());
        sendNoise(handshake.receive(receiveNoise()).orElseThrow());
        sending = handshake.sending();
        receiving = handshake.receiving();
        return this;
    }

    byte[] sealed(byte[] plain) {
        byte[] message = new byte[plain.length + CipherState.TAG];
        sending.seal(plain, 0, plain.length, message, 0);
        return message;
    }

    static byte[] header(int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(12).put((byte) 0).put((byte) type).putShort((short) flags).putInt(stream)
                .putInt(length).array();
    }

    void sendFrame(int type, int flags, int stream, int length, byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(type, flags, stream, length));
        out.writeBytes(body);
        sendNoise(sealed(out.toByteArray()));
    }

    /** Opens a stream for a protocol and sends its first bytes, all in one frame. */
    void open(int stream, String protocol, byte[] first) throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(Line.encode(Line.HEADER, protocol));
        body.writeBytes(first);
        sendFrame(DATA, SYN, stream, body.size(), body.toByteArray());
    }

    /**
     * Reads what the other end sends and drops it until the link ends; false if it still lives after the time limit.
     */
    boolean isCutOff() throws IOException {
        try {
            byte[] drop = new byte[65536];
            while (in.read(drop) >= 0) {
                continue;
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Reads frames until one of a stream resets it. */
    boolean isReset(int stream) throws IOException {
        var bytes = new DataInputStream(new Cleartext());
        while (true) {
            try {
                int first = bytes.readInt();
                int id = bytes.readInt();
                int length = bytes.readInt();
                if ((first >> 16 & 0xff) == DATA) {
                    bytes.skipNBytes(length);
                }
                if (id == stream && (first & 8) != 0) {
                    return true;
                }
            } catch (EOFException e) {
                return false;
            }
        }
    }

    private final class Cleartext extends java.io.InputStream {

        private ByteBuffer rest = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            while (!rest.hasRemaining()) {
                byte[] message = receiveNoise();
                byte[] plain = new byte[message.length];
                rest = ByteBuffer.wrap(plain, 0, receiving.open(message, 0, message.length, plain, 0));
            }
            return rest.get() & 0xff;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
