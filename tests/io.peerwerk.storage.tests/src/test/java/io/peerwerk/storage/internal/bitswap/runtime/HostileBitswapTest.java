// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.bitswap.MemoryBlocks;
import io.peerwerk.storage.internal.bitswap.Message;
import io.peerwerk.storage.internal.bitswap.MessageCodec;
import io.peerwerk.storage.internal.bitswap.Payload;
import io.peerwerk.storage.internal.bitswap.Prefix;
import io.peerwerk.storage.internal.bitswap.Presence;
import io.peerwerk.storage.internal.bitswap.ServerOptions;
import io.peerwerk.storage.internal.bitswap.SessionOptions;
import io.peerwerk.storage.internal.bitswap.Version;
import io.peerwerk.storage.internal.bitswap.WantEntry;
import io.peerwerk.storage.internal.bitswap.WireLimits;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bob serves and asks; Mallory speaks the protocol by hand; Alice is honest and gets what she wants each time. */
class HostileBitswapTest {

    private static final String PROTOCOL = Version.V1_2_0.protocol();

    /** Those who let others wait are noticed sooner. */
    private static final BitswapOptions QUICK = new BitswapOptions(ServerOptions.standard(),
            new SessionOptions(64, 32, 1000, Duration.ofMillis(500), Duration.ofSeconds(1), 4096, 256),
            Duration.ofMillis(100), 64, 8192, 10_000, 64 << 10);

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final BitswapPeer bob = new BitswapPeer(hosts, QUICK);
    private final BitswapPeer alice = new BitswapPeer(hosts, QUICK);
    private final SwitchHost mallory = hosts.start(HostOptions.local());
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        alice.close();
        bob.close();
        hosts.close();
    }

    private Stream attack() throws IOException {
        mallory.connect(Hosts.address(bob.host));
        Stream stream = mallory.open(bob.host.id(), PROTOCOL);
        stream.timeout(Patience.LIMIT);
        return stream;
    }

    /** Mallory reads what she is told; who does not speak the protocol is forgotten with the first answer to it. */
    private void listen() {
        mallory.handle(PROTOCOL, stream -> stream.input().transferTo(OutputStream.nullOutputStream()));
    }

    private static void say(Stream stream, Message message) throws IOException {
        Frames.write(stream.output(), MessageCodec.encode(message, Version.V1_2_0));
        stream.output().flush();
    }

    private static List<WantEntry> unknown(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> WantEntry.block(MemoryBlocks.block(1_000_000 + n, 8).cid())).toList();
    }

    private void aliceGetsWhatBobHas() throws IOException {
        List<Block> blocks = IntStream.range(0, 20).mapToObj(n -> bob.blocks.add(5000 + n, 100_000)).toList();
        alice.host.connect(Hosts.address(bob.host));
        var come = new HashSet<Block>();
        alice.bitswap.fetchAll(blocks.stream().map(Block::cid).toList(), Patience.LIMIT, come::add);
        assertEquals(new HashSet<>(blocks), come);
    }

    private boolean malloryIsConnected() {
        return bob.host.connection(mallory.id()).isPresent();
    }

    @Test
    void aFloodOfWantsIsForgottenBeyondALimitAndAllOfItWhenThePeerGoes() throws Exception {
        listen();
        try (Stream stream = attack()) {
            for (int i = 0; i < 20; i++) {
                say(stream, Message.wants(false, unknown(i * 2000, 2000)));
            }
            await().until(() -> bob.bitswap.wantsOfOthers() == 1024);
            aliceGetsWhatBobHas();
            assertTrue(bob.bitswap.wantsOfOthers() <= 1024 + 64, "" + bob.bitswap.wantsOfOthers());
        }
        mallory.close();
        await().until(() -> bob.bitswap.wantsOfOthers() == 0);
    }

    @Test
    void peersThatComeAndGoWithWantsLeaveNothing() throws Exception {
        listen();
        for (int i = 0; i < 20; i++) {
            say(attack(), Message.wants(true, unknown(0, 100)));
            await().until(() -> bob.bitswap.wantsOfOthers() == 100);
            mallory.connection(bob.host.id()).orElseThrow().close();
            await().until(() -> bob.bitswap.wantsOfOthers() == 0 && bob.bitswap.peers().isEmpty());
        }
        aliceGetsWhatBobHas();
    }

    @Test
    void aPeerThatTakesAndNeverReadsHoldsUpLittleAndOnlyItself() throws Exception {
        mallory.handle(PROTOCOL, stream -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        List<WantEntry> wants = IntStream.range(0, 200)
                .mapToObj(n -> WantEntry.block(bob.blocks.add(n, 256 << 10).cid())).toList();
        Stream stream = attack();
        say(stream, Message.wants(false, wants));
        await().until(() -> bob.bitswap.wantsOfOthers() < 200);
        aliceGetsWhatBobHas();
        long taken = bob.bitswap.account(mallory.id()).bytesSent();
        assertTrue(taken <= 20 << 20, taken + " bytes of 50 MiB have gone where nobody reads");
        assertTrue(bob.bitswap.wantsOfOthers() > 0);
    }

    @Test
    void blocksThatNobodyAskedForEndTheConnection() throws Exception {
        Stream stream = attack();
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                say(stream, Message.answer(List.of(Payload.of(MemoryBlocks.block(i, 100))), List.of(), 0));
            }
        });
        await().until(() -> !malloryIsConnected());
        assertTrue(bob.bitswap.figures().unasked() > 256);
        assertEquals(0, bob.bitswap.figures().delivered());
        aliceGetsWhatBobHas();
    }

    @Test
    void aBlockWithWrongBytesIsNotTakenAndTheRightOneComesFromAnother() throws Exception {
        Block right = alice.blocks.add(1, 50_000);
        mallory.handle(PROTOCOL, stream -> lie(stream, right.cid()));
        mallory.connect(Hosts.address(bob.host));
        alice.host.connect(Hosts.address(bob.host));
        await().until(() -> bob.bitswap.peers().size() == 2);
        assertEquals(right, bob.bitswap.fetch(right.cid(), Patience.LIMIT));
        await().until(() -> bob.bitswap.figures().unasked() > 0);
        aliceGetsWhatBobHas();
    }

    /** Says that it has the block, and sends other bytes under its name. */
    private void lie(Stream heard, Cid cid) throws IOException {
        heard.timeout(Patience.LIMIT);
        Stream answers = mallory.open(bob.host.id(), PROTOCOL);
        for (byte[] frame = Frames.readOrEnd(heard.input(), WireLimits.MAX_MESSAGE); frame != null;
                frame = Frames.readOrEnd(heard.input(), WireLimits.MAX_MESSAGE)) {
            say(answers, Message.answer(List.of(new Payload(Prefix.of(cid), ByteBuffer.allocate(50_000))),
                    List.of(new Presence(cid, true)), 0));
        }
    }

    @Test
    void malformedMessagesCostTheStreamAndThenTheConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            Stream stream = attack();
            Frames.write(stream.output(), new byte[] {(byte) 0xFF, 1, 2, 3});
            stream.output().flush();
            assertThrows(StreamResetException.class, () -> stream.input().read());
        }
        await().until(() -> !malloryIsConnected());
        aliceGetsWhatBobHas();
    }

    @Test
    void aMessageThatIsAnnouncedAsTooLongIsNotRead() throws Exception {
        Stream stream = attack();
        stream.output().write(Varint.encode(WireLimits.MAX_MESSAGE + 1));
        stream.output().flush();
        assertThrows(StreamResetException.class, () -> stream.input().read());
        aliceGetsWhatBobHas();
    }

    @Test
    void messagesThatAreBegunAndNotEndedHoldUpNobodyElse() throws Exception {
        List<Stream> begun = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Stream stream = attack();
            stream.output().write(Varint.encode(WireLimits.MAX_MESSAGE));
            stream.output().write(new byte[70_000]);
            stream.output().flush();
            begun.add(stream);
        }
        alice.host.connect(Hosts.address(bob.host));
        Block large = alice.blocks.add(3, Block.MAX_BYTES);
        assertEquals(large, bob.bitswap.fetch(large.cid(), Patience.LIMIT));
        aliceGetsWhatBobHas();
        begun.forEach(Stream::reset);
    }

    @Test
    void floodsOfCancelsAndOfQuestionsForWhatIsNotThereArePausedAndOthersAreServed() throws Exception {
        listen();
        try (Stream stream = attack()) {
            var flood = Thread.ofVirtual().start(() -> {
                try {
                    while (over.getCount() > 0) {
                        say(stream, Message.wants(false, unknown(0, 4000)));
                        say(stream, Message.wants(false, unknown(0, 4000).stream()
                                .map(entry -> WantEntry.cancel(entry.cid())).toList()));
                    }
                } catch (IOException e) {
                    over.countDown(); // the end of the test
                }
            });
            await().until(() -> bob.bitswap.wantsOfOthers() > 0);
            aliceGetsWhatBobHas();
            assertTrue(bob.bitswap.wantsOfOthers() <= 1024, "" + bob.bitswap.wantsOfOthers());
            assertTrue(malloryIsConnected());
            over.countDown();
            stream.reset();
            flood.join(Patience.LIMIT);
        }
    }
}
