// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.storage.internal.exchange.BlockClient;
import io.peerwerk.storage.internal.exchange.BlockRequest;
import io.peerwerk.storage.internal.exchange.BlockRequest.Kind;
import io.peerwerk.storage.internal.exchange.BlockRequest.Ref;
import io.peerwerk.storage.internal.exchange.Limits;
import io.peerwerk.storage.internal.transfer.Peers;
import io.peerwerk.transport.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostilePeersTest extends NodesTest {

    private static final PutOptions STANDARD = PutOptions.standard();

    @ParameterizedTest
    @EnumSource(Liar.Way.class)
    void holdersThatGiveSomethingElseAreReplaced(Liar.Way way) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 6)) {
            Path file = file("kept", 3_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            try (Liar one = new Liar(there.node(1), way); Liar two = new Liar(there.node(2), way)) {
                there.node(5).storage.get(item.link(), target("got"), Progress.NONE);
                assertEquals(-1, Files.mismatch(file, target("got")));
                // Who lied once about a block is not asked again in that transfer.
                assertTrue(one.asked.get() + two.asked.get() > 0);
            }
        }
    }

    private BlockClient client(Neighbourhood.Node from) {
        return new BlockClient(new Peers(from.host, from.membership)::open, Duration.ofSeconds(10));
    }

    private static List<Block> blocks(int count) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(Block.raw(content("block" + i, 1000)));
        }
        return blocks;
    }

    @Test
    void oneWrongBlockOfABatchIsRefusedAndTheOthersAreStored() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            List<Block> blocks = new ArrayList<>(blocks(3));
            blocks.set(1, new Block(blocks.get(1).cid(), ByteBuffer.wrap(new byte[1000])));
            assertEquals(List.of(PutResult.STORED, PutResult.MISMATCH, PutResult.STORED),
                    client(there.node(0)).put(there.node(1).id(), blocks));
            assertEquals(2, there.node(1).storage.status().blocks());
            List<Cid> cids = blocks.stream().map(Block::cid).toList();
            assertEquals("{0, 2}", client(there.node(0)).have(there.node(1).id(), cids).toString());
        }
    }

    @Test
    void aPeerStoresNoMoreThanIsOffered() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            there.node(1).storage.offer(5000);
            List<PutResult> results = client(there.node(0)).put(there.node(1).id(), blocks(10));
            assertTrue(results.contains(PutResult.STORED) && results.contains(PutResult.QUOTA));
            assertTrue(there.node(1).storage.status().used() <= 5000);
        }
    }

    @FunctionalInterface
    private interface Attack {
        void run(OutputStream out) throws IOException;
    }

    /** The stream must end, and the node go on. */
    private void attack(Attack attack) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            List<Block> good = blocks(2);
            client(there.node(0)).put(there.node(1).id(), good);
            Stream stream = new Peers(there.node(0).host, there.node(0).membership).open(there.node(1).id(),
                    Limits.PROTOCOL, false);
            stream.timeout(Duration.ofSeconds(20));
            assertThrows(IOException.class, () -> {
                attack.run(stream.output());
                stream.output().flush();
                stream.output().close();
                Frames.read(stream.input(), 1 << 20);
            });
            stream.reset();
            client(there.node(0)).get(there.node(1).id(), List.of(good.get(1).cid()),
                    (number, data) -> assertEquals(good.get(1).data(), data));
        }
    }

    @Test
    void aRequestThatIsNoneEndsItsStreamOnly() throws IOException {
        attack(out -> Frames.write(out, new byte[] {1, 2, 3, 4, 5}));
    }

    @Test
    void aRequestThatClaimsFourGigabytesEndsItsStreamOnly() throws IOException {
        attack(out -> out.write(Varint.encode(1L << 32)));
    }

    @Test
    void aPutOfTooManyBytesEndsItsStreamOnly() throws IOException {
        attack(out -> Frames.write(out, new BlockRequest(Kind.PUT,
                blocks(9).stream().map(b -> new Ref(b.cid(), 1 << 20)).toList()).toBytes()));
    }

    @Test
    void aPutWhoseBlocksDoNotComeEndsItsStreamOnly() throws IOException {
        attack(out -> {
            Frames.write(out, new BlockRequest(Kind.PUT, List.of(new Ref(blocks(1).getFirst().cid(), 1000))).toBytes());
            out.write(new byte[500]);
        });
    }

    @Test
    void aFloodOfRequestsFromOnePeerIsCutOff() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            List<Stream> idle = new ArrayList<>();
            Peers attacker = new Peers(there.node(0).host, there.node(0).membership);
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                Stream stream = attacker.open(there.node(1).id(), Limits.PROTOCOL, false);
                idle.add(stream);
                stream.timeout(Duration.ofSeconds(5));
                Frames.write(stream.output(), new BlockRequest(Kind.HAVE, List.of(new Ref(blocks(1).getFirst().cid(),
                        0))).toBytes());
                stream.output().flush();
                try {
                    Frames.read(stream.input(), 1000);
                } catch (IOException e) {
                    refused++;
                }
            }
            assertEquals(4, refused);
            assertFalse(client(there.node(2)).have(there.node(1).id(), List.of(blocks(1).getFirst().cid())).get(0));
            idle.forEach(Stream::reset);
        }
    }

    @Test
    void aBlockThatSaysItIsAManifestAndIsNoneHarmsNobody() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2,
                options -> options.withRepair(Duration.ofMillis(50), Duration.ofMillis(100)))) {
            byte[] garbage = content("garbage", 500);
            Block fake = new Block(Cid.v1(Cid.PEERWERK, Multihash.sha256(garbage)), ByteBuffer.wrap(garbage));
            assertEquals(List.of(PutResult.STORED), client(there.node(0)).put(there.node(1).id(), List.of(fake)));
            await().until(() -> there.node(1).storage.status().objects() == 0);
            StoredItem item = there.node(1).storage.put(file("good", 1000), STANDARD, Progress.NONE);
            there.node(0).storage.get(item.link(), target("got"), Progress.NONE);
        }
    }
}
