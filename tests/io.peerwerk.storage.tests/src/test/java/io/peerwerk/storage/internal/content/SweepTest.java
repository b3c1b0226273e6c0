// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.fixtures.Patience;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.Swept;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.ipld.DagWalk;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep takes and what it leaves, whatever goes on meanwhile. */
class SweepTest {

    @TempDir
    private Path folder;

    private static DagPbNode node(List<Cid> links, int number) {
        return new DagPbNode(links.stream().map(cid -> new DagPbLink(cid, "", 0)).toList(), new byte[] {(byte) number});
    }

    /**
     * Graphs that share blocks, transfers that bring them here one block at a time and pin them or not, and sweeps, in
     * the middle of which all that goes on: one thread, whose order a seed decides.
     */
    private static final class World {

        private final Random random;
        private final MemoryStore store = new MemoryStore();
        private final Pins pins;
        private final Holds holds = new Holds();
        private final Sweeper sweeper;
        private final List<Block> blocks = new ArrayList<>();
        private final List<Running> transfers = new ArrayList<>();

        private final class Running {
            private final Holds.Hold hold = holds.open();
            private final Cid root;
            private final Deque<Cid> rest = new ArrayDeque<>();
            private final Set<Cid> has = new HashSet<>();

            Running(Cid root) throws IOException {
                this.root = root;
                rest.addAll(below(root));
            }

            void step() throws IOException {
                Cid cid = rest.poll();
                if (cid != null) {
                    hold.take(cid);
                    if (!store.has(cid)) {
                        store.put(List.of(block(cid)));
                    }
                    has.add(cid);
                }
            }

            void end(boolean pin) throws IOException {
                if (pin && rest.isEmpty()) {
                    pins.add(root);
                }
                hold.close();
                transfers.remove(this);
            }
        }

        World(long seed, Path folder) throws IOException {
            random = new Random(seed);
            pins = new Pins(folder.resolve("pins"));
            sweeper = new Sweeper(store, pins, holds);
            for (int i = 0; i < 12; i++) {
                blocks.add(Block.raw(new byte[] {(byte) i}));
            }
            for (int i = 0; i < 12; i++) {
                List<Cid> links = random.ints(random.nextInt(4), 0, blocks.size()).mapToObj(n -> blocks.get(n).cid())
                        .toList();
                blocks.add(node(links, i).toBlock(1));
            }
        }

        private Block block(Cid cid) {
            return blocks.stream().filter(block -> block.cid().equals(cid)).findFirst().orElseThrow();
        }

        private Set<Cid> below(Cid root) throws IOException {
            Set<Cid> all = new HashSet<>();
            new DagWalk(cid -> block(cid).data(), 1000).copy(root, block -> all.add(block.cid()));
            return all;
        }

        private Cid anyRoot() {
            return blocks.get(random.nextInt(blocks.size())).cid();
        }

        void step(boolean insideASweep) throws IOException {
            switch (random.nextInt(insideASweep ? 9 : 10)) {
                case 0, 1 -> transfers.add(new Running(anyRoot()));
                case 2, 3, 4, 5 -> {
                    if (!transfers.isEmpty()) {
                        transfers.get(random.nextInt(transfers.size())).step();
                    }
                }
                case 6, 7 -> {
                    if (!transfers.isEmpty()) {
                        transfers.get(random.nextInt(transfers.size())).end(random.nextInt(4) > 0);
                    }
                }
                case 8 -> {
                    List<Cid> roots = pins.roots();
                    if (!roots.isEmpty()) {
                        pins.remove(roots.get(random.nextInt(roots.size())));
                    }
                }
                default -> sweeper.sweep((done, all) -> {
                    if (random.nextInt(3) == 0) {
                        step(true);
                    }
                });
            }
            check();
        }

        void check() throws IOException {
            for (Cid root : pins.roots()) {
                for (Cid cid : below(root)) {
                    assertTrue(store.has(cid), () -> cid + " of the pinned " + root + " is missing");
                }
            }
            for (Running transfer : transfers) {
                for (Cid cid : transfer.has) {
                    assertTrue(store.has(cid), () -> cid + " of a transfer is missing");
                }
            }
        }

        void end() throws IOException {
            for (Running transfer : List.copyOf(transfers)) {
                transfer.end(random.nextBoolean());
            }
            sweeper.sweep((done, all) -> { });
            Set<Cid> pinned = new HashSet<>();
            for (Cid root : pins.roots()) {
                pinned.addAll(below(root));
            }
            assertEquals(pinned, store.cids().collect(Collectors.toSet()));
        }
    }

    @Property(tries = 60)
    void noPinnedBlockAndNoneInUseIsEverMissingAndAtLastThePinnedOnesAreThereAlone(@ForAll long seed)
            throws IOException {
        Path temporary = Files.createTempDirectory("sweep");
        try {
            World world = new World(seed, temporary);
            for (int i = 0; i < 80; i++) {
                world.step(false);
            }
            world.end();
        } finally {
            Files.deleteIfExists(temporary.resolve("pins"));
            Files.delete(temporary);
        }
    }

    private record Parts(MemoryStore store, Pins pins, Holds holds, Sweeper sweeper) {
    }

    private Parts parts() throws IOException {
        MemoryStore store = new MemoryStore();
        Pins pins = new Pins(folder.resolve("pins"));
        Holds holds = new Holds();
        return new Parts(store, pins, holds, new Sweeper(store, pins, holds));
    }

    @Test
    void aSweepTellsWhatItKeptAndWhatItRemoved() throws IOException {
        Parts parts = parts();
        List<Block> leaves = List.of(Block.raw(new byte[10]), Block.raw(new byte[20]), Block.raw(new byte[40]));
        Block root = node(List.of(leaves.getFirst().cid()), 1).toBlock(1);
        parts.store.put(leaves);
        parts.store.put(List.of(root));
        parts.pins.add(root.cid());
        assertEquals(new Swept(2, 2, 60), parts.sweeper.sweep((done, all) -> { }));
    }

    @Test
    void aGraphThatIsDeepAndOneThatNamesItsBlocksABillionTimesAreMarkedInOneStepABlock() throws IOException {
        Parts parts = parts();
        Block at = Block.raw(new byte[] {1});
        parts.store.put(List.of(at));
        int depth = 20_000;
        for (int i = 0; i < depth; i++) {
            at = node(List.of(at.cid(), at.cid(), at.cid()), i % 100).toBlock(1);
            parts.store.put(List.of(at));
        }
        parts.pins.add(at.cid());
        int[] steps = new int[1];
        assertEquals(new Swept(depth + 1, 0, 0), parts.sweeper.sweep((done, all) -> steps[0]++));
        assertTrue(steps[0] <= 2 * depth + 2, () -> steps[0] + " steps");
    }

    @Test
    void aNodeThatStandsInItsOwnNameLeadsToBlocksThatStay() throws IOException {
        Parts parts = parts();
        Block leaf = Block.raw(new byte[] {1});
        Cid root = Cid.v1(Cid.DAG_PB, Multihash.identity(node(List.of(leaf.cid()), 1).toBytes()));
        parts.store.put(List.of(leaf));
        parts.pins.add(root);
        assertEquals(new Swept(1, 0, 0), parts.sweeper.sweep((done, all) -> { }));
    }

    @Test
    void whereABlockOfPinnedContentIsLostNothingIsRemoved() throws IOException {
        Parts parts = parts();
        Block leaf = Block.raw(new byte[] {1});
        Block root = node(List.of(node(List.of(leaf.cid()), 2).toBlock(1).cid()), 1).toBlock(1);
        parts.store.put(List.of(leaf, root));
        parts.pins.add(root.cid());
        StorageException e = assertThrows(StorageException.class, () -> parts.sweeper.sweep((done, all) -> { }));
        assertTrue(e.getMessage().contains("has got lost"), e::getMessage);
        assertTrue(parts.store.has(leaf.cid()));
    }

    @Test
    void aCancelledSweepLeavesItAtThatAndTheNextOneGoesOn() throws IOException {
        Parts parts = parts();
        for (int i = 0; i < 1500; i++) {
            parts.store.put(List.of(Block.raw(Integer.toString(i).getBytes())));
        }
        int[] steps = new int[1];
        assertThrows(StorageException.class, () -> parts.sweeper.sweep((done, all) -> {
            if (++steps[0] == 2) {
                throw new StorageException("cancelled");
            }
        }));
        long left = parts.store.blockCount();
        assertTrue(left > 0 && left < 1500, () -> left + " are left");
        assertEquals(left, parts.sweeper.sweep((done, all) -> { }).removed());
    }

    @Test
    void aSweepThatADefectEndsLeavesNobodyWaitingForItsBlocks() throws Exception {
        Parts parts = parts();
        Block block = Block.raw(new byte[] {1});
        parts.store.put(List.of(block));
        parts.store.broken(true);
        assertThrows(IllegalStateException.class, () -> parts.sweeper.sweep((done, all) -> { }));
        parts.store.broken(false);
        Thread other = Thread.startVirtualThread(() -> parts.holds.open().take(block.cid()));
        assertTrue(other.join(Patience.LIMIT), "it waits");
        assertTrue(parts.store.has(block.cid()));
    }

    @Test
    void whoWantsABlockThatIsBeingRemovedWaitsUntilItIsGone() throws Exception {
        Parts parts = parts();
        Block block = Block.raw(new byte[] {1});
        parts.store.put(List.of(block));
        parts.holds.begin();
        assertEquals(List.of(block.cid()), parts.holds.doom(List.of(block.cid())));
        CountDownLatch taken = new CountDownLatch(1);
        Thread other = Thread.startVirtualThread(() -> {
            parts.holds.open().take(block.cid());
            taken.countDown();
        });
        Patience.await().until(() -> other.getState() == Thread.State.WAITING);
        assertEquals(1, taken.getCount());
        parts.store.remove(block.cid());
        parts.holds.gone();
        taken.await();
        assertEquals(List.of(), parts.holds.doom(List.of(block.cid())));
    }
}
