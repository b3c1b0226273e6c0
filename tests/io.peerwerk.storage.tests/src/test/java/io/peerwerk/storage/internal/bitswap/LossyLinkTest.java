// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import static io.peerwerk.storage.internal.bitswap.TestPeers.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Peers over a virtual network that loses messages and brings them late and in another order. */
class LossyLinkTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** A message on its way. */
    private record Flight(long at, int from, int to, byte[] message) {
    }

    private final class Peer {
        private final MemoryBlocks blocks = new MemoryBlocks();
        private final Accounts accounts = new Accounts(100);
        private final Server server = new Server(blocks, ServerOptions.standard(), accounts);
        private final Session session = new Session(SessionOptions.standard(), random);
        private final Set<Cid> come = new HashSet<>();
    }

    private final Random random = new Random();
    private final List<Peer> peers = new ArrayList<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final PriorityQueue<Flight> network =
            new PriorityQueue<>((one, other) -> Long.compare(one.at, other.at));
    private int lossPercent;
    private long now;

    private void meet(int count, long seed, int loss) {
        random.setSeed(seed);
        peers.clear();
        numbers.clear();
        network.clear();
        now = 0;
        lossPercent = loss;
        for (int i = 0; i < count; i++) {
            peers.add(new Peer());
            numbers.put(peer(i), i);
        }
        for (int i = 0; i < count; i++) {
            for (int other = 0; other < count; other++) {
                if (other != i) {
                    act(i, peers.get(i).session.joined(peer(other), Version.V1_2_0, now));
                }
            }
        }
    }

    private void send(int from, int to, Message message) {
        if (random.nextInt(100) >= lossPercent) {
            network.add(new Flight(now + 1 + random.nextLong(SECOND), from, to,
                    MessageCodec.encode(message, Version.V1_2_0)));
        }
    }

    private void act(int who, List<SessionAction> actions) {
        for (SessionAction action : actions) {
            switch (action) {
                case SessionAction.Tell tell ->
                        send(who, numbers.get(tell.to()), Message.wants(tell.full(), tell.entries()));
                case SessionAction.Deliver deliver -> {
                    assertTrue(deliver.block().verified());
                    assertTrue(peers.get(who).come.add(deliver.block().cid()), "comes twice");
                    peers.get(who).blocks.add(deliver.block());
                    peers.get(who).server.stored(deliver.block().cid());
                }
                case SessionAction.Distrust distrust -> throw new AssertionError(distrust.toString());
            }
        }
    }

    private void serve(int who) {
        Peer peer = peers.get(who);
        for (Optional<Envelope> next = peer.server.next(); next.isPresent(); next = peer.server.next()) {
            Envelope turn = next.get();
            List<Payload> blocks = turn.blocks().stream()
                    .map(cid -> Payload.of(new Block(cid, peer.blocks.get(cid).orElseThrow()))).toList();
            send(who, numbers.get(turn.peer()), Message.answer(blocks, turn.presences(), turn.pendingBytes()));
            peer.server.done(turn.peer(), blocks.stream().mapToLong(block -> block.data().remaining()).sum(),
                    blocks.size());
        }
    }

    /** Until nobody wants anything, or an hour has passed. */
    private void run() throws FormatException {
        while (now < HOUR && peers.stream().anyMatch(peer -> peer.session.wants() > 0)) {
            for (int i = 0; i < peers.size(); i++) {
                act(i, peers.get(i).session.tick(now));
                serve(i);
            }
            now += SECOND / 2;
            while (!network.isEmpty() && network.peek().at <= now) {
                arrive(network.remove());
            }
        }
    }

    private void arrive(Flight flight) throws FormatException {
        Message message = MessageCodec.parse(flight.message);
        Peer to = peers.get(flight.to);
        to.server.receive(peer(flight.from), message.full(), message.entries());
        act(flight.to, to.session.receive(peer(flight.from), Delivery.of(message), now));
    }

    @Property(tries = 60)
    void allGetWhatSomebodyHasHoweverManyMessagesAreLost(@ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int count, @ForAll @IntRange(max = 40) int loss,
            @ForAll @IntRange(min = 1, max = 60) int blocks) throws FormatException {
        meet(count, seed, loss);
        List<Cid> all = IntStream.range(0, blocks)
                .mapToObj(n -> peers.get(random.nextInt(count)).blocks.add(n, 10 + random.nextInt(3000)).cid())
                .toList();
        for (int i = 0; i < count; i++) {
            Peer peer = peers.get(i);
            act(i, peer.session.want(all.stream()
                    .filter(cid -> peer.blocks.size(cid) == BlockSource.ABSENT).toList(), now));
        }
        run();
        for (Peer peer : peers) {
            assertTrue(all.stream().allMatch(cid -> peer.blocks.size(cid) > 0), "something is missing");
        }
    }

    @Property(tries = 60)
    void withoutLossNothingIsLeftBehind(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int blocks)
            throws FormatException {
        meet(3, seed, 0);
        List<Cid> all = IntStream.range(0, blocks)
                .mapToObj(n -> peers.get(random.nextInt(2)).blocks.add(n, 2000).cid()).toList();
        act(2, peers.get(2).session.want(all, now));
        run();
        assertEquals(new HashSet<>(all), peers.get(2).come);
        assertEquals(0, peers.get(2).session.figures().unasked());
    }
}
