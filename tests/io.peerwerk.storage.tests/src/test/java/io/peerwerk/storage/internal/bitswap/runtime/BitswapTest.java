// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.bitswap.MemoryBlocks;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitswapTest {

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final BitswapPeer alice = new BitswapPeer(hosts);
    private final BitswapPeer bob = new BitswapPeer(hosts);

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        hosts.close();
    }

    private void meet(BitswapPeer one, BitswapPeer other) throws IOException {
        one.host.connect(Hosts.address(other.host));
    }

    private static CompletableFuture<Block> fetching(BitswapPeer peer, Cid cid, Thread[] thread) {
        var result = new CompletableFuture<Block>();
        thread[0] = Thread.ofVirtual().start(() -> {
            try {
                result.complete(peer.bitswap.fetch(cid, Patience.LIMIT));
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static Block get(CompletableFuture<Block> future) throws Exception {
        return future.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aBlockComesFromThePeerThatHasIt() throws Exception {
        Block block = bob.blocks.add(1, 300_000);
        meet(alice, bob);
        assertEquals(block, alice.bitswap.fetch(block.cid(), Patience.LIMIT));
        assertEquals(300_000, alice.bitswap.account(bob.host.id()).bytesReceived());
        Patience.await().untilAsserted(() ->
                assertEquals(300_000, bob.bitswap.account(alice.host.id()).bytesSent()));
        assertEquals(List.of(), alice.bitswap.wanted());
    }

    @Test
    void aThousandBlocksOfAllSizesComeFromTwoPeers() throws Exception {
        try (var carol = new BitswapPeer(hosts)) {
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                blocks.add((i % 3 == 0 ? bob : carol).blocks.add(i, i == 500 ? Block.MAX_BYTES : i * i % 50_000));
            }
            meet(alice, bob);
            meet(alice, carol);
            var come = new HashSet<Block>();
            alice.bitswap.fetchAll(blocks.stream().map(Block::cid).toList(), Patience.LIMIT, come::add);
            assertEquals(new HashSet<>(blocks), come);
            Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 0 && carol.bitswap.wantsOfOthers() == 0);
        }
    }

    @Test
    void aPeerThatConnectsLaterHearsWhatIsWanted() throws Exception {
        Block block = bob.blocks.add(2, 100_000);
        var fetching = fetching(alice, block.cid(), new Thread[1]);
        Patience.await().until(() -> alice.bitswap.wanted().size() == 1);
        meet(alice, bob);
        assertEquals(block, get(fetching));
    }

    @Test
    void aBlockThatComesToAPeerLaterIsPassedOn() throws Exception {
        Block block = MemoryBlocks.block(3, 100_000);
        meet(alice, bob);
        var fetching = fetching(alice, block.cid(), new Thread[1]);
        Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 1);
        bob.blocks.add(block);
        bob.bitswap.stored(List.of(block.cid()));
        assertEquals(block, get(fetching));
    }

    @Test
    void aFetchThatIsInterruptedTakesItsWantBack() throws Exception {
        Cid cid = MemoryBlocks.block(4, 10).cid();
        meet(alice, bob);
        Thread[] thread = new Thread[1];
        var fetching = fetching(alice, cid, thread);
        Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 1);
        thread[0].interrupt();
        var failure = assertThrows(ExecutionException.class, () -> get(fetching));
        assertInstanceOf(InterruptedIOException.class, failure.getCause());
        assertEquals(List.of(), alice.bitswap.wanted());
        Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 0);
    }

    @Test
    void whatNobodyHasIsNotFound() {
        Cid cid = MemoryBlocks.block(5, 10).cid();
        var failure = assertThrows(BlockNotFoundException.class,
                () -> alice.bitswap.fetch(cid, Duration.ofMillis(20)));
        assertTrue(failure.getMessage().contains(cid.toString()), failure.getMessage());
        assertEquals(List.of(), alice.bitswap.wanted());
    }

    @Test
    void dataThatStandsInItsOwnNameComesFromThere() throws Exception {
        byte[] data = {1, 2, 3};
        Cid cid = Cid.v1(Cid.RAW, Multihash.identity(data));
        assertEquals(ByteBuffer.wrap(data), alice.bitswap.fetch(cid, Patience.LIMIT).data());
    }

    @Test
    void oneBlockUnderTwoNamesComesUnderBoth() throws Exception {
        Block block = bob.blocks.add(6, 5_000);
        Cid other = Cid.v1(Cid.DAG_PB, block.cid().hash());
        meet(alice, bob);
        var names = new HashSet<Cid>();
        alice.bitswap.fetchAll(List.of(block.cid(), other), Patience.LIMIT, come -> names.add(come.cid()));
        assertEquals(new HashSet<>(List.of(block.cid(), other)), names);
    }

    @Test
    void fetchesEndWhenBitswapCloses() throws Exception {
        var fetching = fetching(alice, MemoryBlocks.block(7, 10).cid(), new Thread[1]);
        Patience.await().until(() -> alice.bitswap.wanted().size() == 1);
        alice.close();
        var failure = assertThrows(ExecutionException.class, () -> get(fetching));
        assertInstanceOf(IOException.class, failure.getCause());
    }

    @Test
    void nothingIsKeptOfAPeerThatHasGoneButItsAccount() throws Exception {
        Block block = bob.blocks.add(8, 2_000);
        meet(alice, bob);
        alice.bitswap.fetch(block.cid(), Patience.LIMIT);
        fetching(alice, MemoryBlocks.block(9, 10).cid(), new Thread[1]);
        Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 1);
        alice.host.close();
        Patience.await().until(() -> bob.bitswap.wantsOfOthers() == 0 && bob.bitswap.peers().isEmpty());
        assertEquals(1, bob.bitswap.account(alice.host.id()).blocksSent());
    }
}
