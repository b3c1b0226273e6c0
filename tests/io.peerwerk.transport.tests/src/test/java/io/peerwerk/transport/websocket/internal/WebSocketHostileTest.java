// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.multistream.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client misbehaves in HTTP or in its frames: it is cut off, and the host goes on serving another one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketHostileTest {

    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;

    private Hosts hosts;
    private SwitchHost host;
    private SwitchHost friend;
    private Socket socket;
    private DataInputStream in;

    @BeforeEach
    void start() throws IOException {
        hosts = new Hosts(new WebSocketTransport());
        host = hosts.start(HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/0/ws")))
                .within(Duration.ofSeconds(10), Duration.ofSeconds(3)).atMost(64, 8, 32).identifying(false));
        friend = hosts.start(HostOptions.standard());
        friend.connect(Hosts.address(host));
        Multiaddr address = host.addresses().getFirst();
        socket = new Socket();
        socket.connect(address.socketAddress().orElseThrow(), 10_000);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
    }

    @AfterEach
    void theFriendWasServedAllTheTime() throws IOException {
        try (Hosts all = hosts; Socket old = socket) {
            assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
            SwitchHost newcomer = all.start(HostOptions.standard());
            newcomer.connect(Hosts.address(host));
            assertTrue(newcomer.ping(host.id()).compareTo(Duration.ZERO) > 0);
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes until the other end has had enough. */
    private void flood(byte[] block, int times) throws IOException {
        try {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(block);
            }
        } catch (SocketException cutOff) {
            return;
        }
    }

    private boolean isCutOff() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private String answer() throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        return answer.toString();
    }

    private void upgraded() throws IOException {
        send(UPGRADE);
        String answer = answer();
        assertTrue(answer.startsWith("HTTP/1.1 101"), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("s3pplmbitxaq9kygzzhzrbk+xoo="), answer);
    }

    private static byte[] frame(int head, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(head);
        if (content.length < 126) {
            out.write(0x80 | content.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(content.length).array());
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The number of the reason that the other end gives in its goodbye. */
    private int goodbye() throws IOException {
        while (true) {
            int head = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            int size = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
            byte[] content = in.readNBytes(size);
            if (head == CLOSE) {
                return (content[0] & 0xff) << 8 | content[1] & 0xff;
            }
        }
    }

    // ---- HTTP

    @Test
    void garbageInPlaceOfARequest() throws IOException {
        flood("\u0000\u0001\u0002 what is this\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), 1);
        assertTrue(isCutOff());
    }

    @Test
    void aRequestLineThatDoesNotEnd() throws IOException {
        flood("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(100).replace(' ', '/').getBytes(), 1000);
        assertTrue(isCutOff());
    }

    @Test
    void thousandsOfHeaders() throws IOException {
        send("GET / HTTP/1.1\r\n");
        flood("a: b\r\n".repeat(1000).getBytes(), 100);
        assertTrue(isCutOff());
    }

    @Test
    void aHeaderThatComesByteByByteAndNeverEnds() throws Exception {
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1000; i++) {
                    send(i == 0 ? "GET / HTTP/1.1\r\nA: " : "a");
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                // it was cut off, which is what the test waits for
            }
        });
        assertTrue(isCutOff());
    }

    @Test
    void aBrowserThatWantsAPageIsToldWhatIsHere() throws IOException {
        send("GET /index.html HTTP/1.1\r\nHost: example.org\r\n\r\n");
        assertTrue(answer().startsWith("HTTP/1.1 426"));
        assertTrue(isCutOff());
    }

    @Test
    void aRequestWithABodyIsRefused() throws IOException {
        send(UPGRADE.replace("Host: a", "Host: a\r\nContent-Length: 1000000000"));
        assertTrue(answer().startsWith("HTTP/1.1 400"));
        assertTrue(isCutOff());
    }

    @Test
    void whatIsSentAfterARefusalIsNotRead() throws IOException {
        send("POST / HTTP/1.1\r\n\r\n" + UPGRADE);
        assertTrue(answer().startsWith("HTTP/1.1 400"));
        assertTrue(isCutOff());
    }

    // ---- frames

    @Test
    void aTextMessage() throws IOException {
        upgraded();
        socket.getOutputStream().write(frame(TEXT, "hello".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1003, goodbye());
        assertTrue(isCutOff());
    }

    @Test
    void aFrameThatSaysItIsLongerThanAllowed() throws IOException {
        upgraded();
        byte[] head = {(byte) BINARY, (byte) 0xff, 0, 0, 0, 0, 0, 0x10, 0, 1, 0, 0, 0, 0};
        socket.getOutputStream().write(head);
        assertEquals(1009, goodbye());
        assertTrue(isCutOff());
    }

    @Test
    void aFrameOfNegativeLength() throws IOException {
        upgraded();
        byte[] head = {(byte) BINARY, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
        socket.getOutputStream().write(head);
        assertTrue(isCutOff());
    }

    @Test
    void aFrameWithoutMask() throws IOException {
        upgraded();
        socket.getOutputStream().write(new byte[] {(byte) BINARY, 1, 7});
        assertEquals(1002, goodbye());
        assertTrue(isCutOff());
    }

    @Test
    void aFrameThatClaimsToBeCompressed() throws IOException {
        upgraded();
        socket.getOutputStream().write(frame(BINARY | 0x40, new byte[5]));
        assertEquals(1002, goodbye());
        assertTrue(isCutOff());
    }

    @Test
    void aContinuationOfNothing() throws IOException {
        upgraded();
        socket.getOutputStream().write(frame(0x80, new byte[5]));
        assertTrue(isCutOff());
    }

    @Test
    void aFloodOfEmptyFrames() throws IOException {
        upgraded();
        flood(frame(BINARY, new byte[0]), 10_000);
        assertTrue(isCutOff());
    }

    @Test
    void aFloodOfPings() throws IOException {
        upgraded();
        flood(frame(PING, new byte[100]), 10_000);
        assertTrue(isCutOff());
    }

    @Test
    void aPingWithMoreThanAPingHolds() throws IOException {
        upgraded();
        socket.getOutputStream().write(frame(PING, new byte[200]));
        assertTrue(isCutOff());
    }

    @Test
    void aPeerThatSaysNothingAfterTheUpgrade() throws IOException {
        upgraded();
        assertTrue(isCutOff());
    }

    // ---- what is allowed

    @Test
    void aPingIsAnsweredAndAMessageInPiecesIsTakenAndGoodbyeIsSaid() throws IOException {
        upgraded();
        socket.getOutputStream().write(frame(PING, new byte[] {1, 2, 3}));
        byte[] hello = Line.encode(Line.HEADER, "/noise");
        socket.getOutputStream().write(frame(0x02, Arrays.copyOf(hello, 5)));
        socket.getOutputStream().write(frame(0x80, Arrays.copyOfRange(hello, 5, hello.length)));
        var bytes = new ByteArrayOutputStream();
        boolean pong = false;
        while (!pong || bytes.size() < hello.length) {
            int head = in.readUnsignedByte();
            byte[] content = in.readNBytes(in.readUnsignedByte());
            if (head == 0x8a) {
                assertEquals(3, content.length);
                pong = true;
            } else {
                assertEquals(BINARY, head);
                bytes.writeBytes(content);
            }
        }
        assertEquals(new String(hello, StandardCharsets.ISO_8859_1), bytes.toString(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(frame(CLOSE, new byte[] {3, (byte) 0xe8}));
        assertEquals(1000, goodbye());
        assertTrue(isCutOff());
    }
}
