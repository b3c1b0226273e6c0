// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import static io.peerwerk.storage.internal.bitswap.TestPeers.cid;
import static io.peerwerk.storage.internal.bitswap.TestPeers.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.bitswap.SessionAction.Deliver;
import io.peerwerk.storage.internal.bitswap.SessionAction.Distrust;
import io.peerwerk.storage.internal.bitswap.SessionAction.Tell;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final PeerId ALICE = peer(1);
    private static final PeerId BOB = peer(2);
    private static final PeerId MALLORY = peer(666);
    private static final Block BLOCK = MemoryBlocks.block(1, 5000);
    private static final Cid CID = BLOCK.cid();

    private final SessionOptions options = SessionOptions.standard();
    private final Session session = new Session(options, new Random(1));
    private long now = Long.MAX_VALUE - 1_000_000_000; // overflows on the way: only differences count

    private List<SessionAction> join(PeerId peer) {
        return session.joined(peer, Version.V1_2_0, now);
    }

    private List<SessionAction> want(Cid... cids) {
        return session.want(List.of(cids), now);
    }

    private List<SessionAction> have(PeerId peer, Cid cid, boolean have) {
        return session.receive(peer, new Delivery(List.of(), 0, List.of(new Presence(cid, have))), now);
    }

    private List<SessionAction> send(PeerId peer, Block... blocks) {
        return session.receive(peer, new Delivery(List.of(blocks), 0, List.of()), now);
    }

    private List<SessionAction> wait(Duration time) {
        now += time.toNanos() + 1;
        return session.tick(now);
    }

    private static Tell told(PeerId peer, WantEntry... entries) {
        return new Tell(peer, false, List.of(entries));
    }

    @Test
    void allAreAskedWhoHasABlockAndOneThatHasItIsAskedToSendIt() {
        join(ALICE);
        join(BOB);
        List<SessionAction> asked = want(CID);
        assertEquals(2, asked.size());
        assertTrue(asked.containsAll(List.of(told(ALICE, WantEntry.have(CID)), told(BOB, WantEntry.have(CID)))));
        assertEquals(List.of(), have(ALICE, CID, false));
        assertEquals(List.of(told(BOB, WantEntry.block(CID))), have(BOB, CID, true));
        assertEquals(List.of(new Deliver(BLOCK), told(ALICE, WantEntry.cancel(CID))), send(BOB, BLOCK));
        assertEquals(0, session.wants());
    }

    @Test
    void aPeerThatHasSentABlockIsAskedForTheNextOneAtOnce() {
        Block other = MemoryBlocks.block(2, 5000);
        join(ALICE);
        join(BOB);
        want(CID);
        have(ALICE, CID, true);
        send(ALICE, BLOCK);
        assertEquals(List.of(told(ALICE, WantEntry.block(other.cid()))), want(other.cid()));
        assertEquals(List.of(told(BOB, WantEntry.have(other.cid()))), have(ALICE, other.cid(), false));
    }

    @Test
    void theNextOneIsAskedWhenOneSaysThatItHasNotOrGoesOrLetsTheBlockWait() {
        for (int way = 0; way < 3; way++) {
            Session fresh = new Session(options, new Random(1));
            fresh.joined(ALICE, Version.V1_2_0, now);
            fresh.joined(BOB, Version.V1_2_0, now);
            fresh.want(List.of(CID), now);
            Delivery has = new Delivery(List.of(), 0, List.of(new Presence(CID, true)));
            fresh.receive(ALICE, has, now);
            fresh.receive(BOB, has, now);
            long later = now + options.patience().toNanos() + 1;
            List<SessionAction> then = switch (way) {
                case 0 -> fresh.receive(ALICE, new Delivery(List.of(), 0, List.of(new Presence(CID, false))), now);
                case 1 -> fresh.left(ALICE, now);
                default -> fresh.tick(later);
            };
            assertEquals(List.of(told(BOB, WantEntry.block(CID))), then, "way " + way);
        }
    }

    @Test
    void aPeerThatSendsOneBlockAfterTheOtherHasTimeForThemAll() {
        List<Block> blocks = IntStream.range(0, 20).mapToObj(n -> MemoryBlocks.block(n, 2000)).toList();
        join(ALICE);
        session.want(blocks.stream().map(Block::cid).toList(), now);
        blocks.forEach(block -> have(ALICE, block.cid(), true));
        for (Block block : blocks) {
            assertEquals(List.of(), wait(options.patience().minusSeconds(1)));
            send(ALICE, block);
        }
        assertEquals(0, session.figures().timeouts());
        assertEquals(20, session.figures().delivered());
    }

    @Test
    void noPeerIsAskedForMoreThanItsWindow() {
        List<Block> blocks = IntStream.range(0, 100).mapToObj(n -> MemoryBlocks.block(n, 2000)).toList();
        join(ALICE);
        session.want(blocks.stream().map(Block::cid).toList(), now);
        List<SessionAction> said = new ArrayList<>();
        blocks.forEach(block -> said.addAll(have(ALICE, block.cid(), true)));
        assertEquals(options.window(), said.size());
        assertEquals(List.of(new Deliver(blocks.get(0)), told(ALICE, WantEntry.block(blocks.get(32).cid()))),
                send(ALICE, blocks.get(0)));
    }

    @Test
    void aPeerOfAnOlderVersionIsAskedToSendTheBlock() {
        session.joined(ALICE, Version.V1_1_0, now);
        assertEquals(List.of(told(ALICE, WantEntry.block(CID))), want(CID));
        session.joined(BOB, Version.V1_0_0, now);
        assertEquals(List.of(told(BOB, WantEntry.block(CID))), wait(options.patience()));
    }

    @Test
    void aPeerThatConnectsLaterHearsWhatNobodyHasBeenFoundFor() {
        want(CID);
        assertEquals(List.of(new Tell(ALICE, true, List.of(WantEntry.have(CID)))), join(ALICE));
        assertEquals(List.of(told(ALICE, WantEntry.block(CID))), have(ALICE, CID, true));
        assertEquals(List.of(), join(BOB));
    }

    @Test
    void allAreAskedOnceMoreAfterAWhile() {
        join(ALICE);
        want(CID);
        have(ALICE, CID, false);
        List<WantEntry> again = List.of(WantEntry.cancel(CID), WantEntry.have(CID));
        assertEquals(List.of(new Tell(ALICE, false, again)), wait(options.again()));
        assertEquals(List.of(), wait(options.again()), "the second time it takes longer");
        assertEquals(List.of(new Tell(ALICE, false, again)), wait(options.again()));
    }

    @Test
    void allAreAskedOnceMoreEvenIfOneThatHasSentBlocksIsThere() {
        Block other = MemoryBlocks.block(2, 5000);
        join(ALICE);
        want(CID);
        send(ALICE, BLOCK);
        want(other.cid());
        join(BOB);
        assertEquals(List.of(told(BOB, WantEntry.have(other.cid()))), have(ALICE, other.cid(), false));
        List<SessionAction> again = wait(options.again()); // BOB's answer was lost
        assertTrue(again.contains(told(BOB, WantEntry.cancel(other.cid()), WantEntry.have(other.cid()))),
                again.toString());
        assertEquals(List.of(), have(BOB, other.cid(), true));
        assertEquals(List.of(told(BOB, WantEntry.block(other.cid()))), have(ALICE, other.cid(), false));
    }

    @Test
    void aWantEndsWhenItsLastCallerTakesItBack() {
        join(ALICE);
        want(CID);
        want(CID);
        assertEquals(List.of(), session.unwant(CID, now));
        assertEquals(List.of(told(ALICE, WantEntry.cancel(CID))), session.unwant(CID, now));
        assertEquals(List.of(), session.unwant(CID, now));
        assertEquals(0, session.wants());
    }

    @Test
    void aBlockUnderAnotherNameIsTheSameBlock() {
        join(ALICE);
        want(CID);
        Block renamed = new Block(Cid.v0(CID.hash()), BLOCK.data());
        assertTrue(send(ALICE, renamed).contains(new Deliver(BLOCK)));
    }

    // ---- hostile

    @Test
    void blocksThatNobodyAskedForAreDroppedAndCostThePeerItsConnection() {
        join(MALLORY);
        join(ALICE);
        want(CID);
        List<SessionAction> said = new ArrayList<>();
        for (int i = 0; i <= options.tolerance(); i++) {
            assertEquals(i, session.figures().unasked());
            said.addAll(send(MALLORY, MemoryBlocks.block(100 + i, 20)));
        }
        assertEquals(List.of(new Distrust(MALLORY, "sends blocks that nobody asked for")), said);
        have(ALICE, CID, true);
        assertTrue(send(ALICE, BLOCK).contains(new Deliver(BLOCK)));
    }

    @Test
    void aBlockWhoseBytesAreWrongIsOneThatNobodyAskedFor() {
        join(MALLORY);
        join(ALICE);
        want(CID);
        have(MALLORY, CID, true);
        byte[] wrong = new byte[5000];
        Message message = Message.answer(List.of(new Payload(Prefix.of(CID), ByteBuffer.wrap(wrong))),
                List.of(), 0);
        assertEquals(List.of(), session.receive(MALLORY, Delivery.of(message), now));
        assertEquals(1, session.figures().unasked());
        assertEquals(1, session.wants());
        have(ALICE, CID, true);
        assertEquals(List.of(told(ALICE, WantEntry.block(CID))), wait(options.patience()));
        assertTrue(send(ALICE, BLOCK).contains(new Deliver(BLOCK)));
    }

    @Test
    void blocksOfUnknownHashesCountLikeThoseThatNobodyAskedFor() {
        join(MALLORY);
        List<SessionAction> said =
                session.receive(MALLORY, new Delivery(List.of(), options.tolerance() + 1, List.of()), now);
        assertEquals(List.of(new Distrust(MALLORY, "sends blocks that nobody asked for")), said);
        assertEquals(options.tolerance() + 1, session.figures().unchecked());
    }

    @Test
    void answersAboutBlocksThatAreNotWantedLeaveNothingBehind() {
        join(MALLORY);
        want(CID);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(List.of(), have(MALLORY, cid(i), i % 2 == 0));
        }
        assertEquals(10_000, session.figures().unasked());
        assertEquals(1, session.wants());
    }

    @Test
    void aBlockThatComesTwiceIsNoOffenceOfThoseThatWereAsked() {
        List<Block> blocks = IntStream.range(0, 1000).mapToObj(n -> MemoryBlocks.block(n, 2000)).toList();
        join(ALICE);
        join(BOB);
        for (Block block : blocks) {
            want(block.cid());
            have(ALICE, block.cid(), true);
            have(BOB, block.cid(), true);
            wait(options.patience());
            List<SessionAction> said = Stream.of(ALICE, BOB).flatMap(peer -> send(peer, block).stream()).toList();
            assertFalse(said.stream().anyMatch(Distrust.class::isInstance), said.toString());
        }
        assertEquals(1000, session.figures().delivered());
    }

    @Test
    void aBlockThatComesAgainAndAgainCostsThePeerItsConnection() {
        join(MALLORY);
        want(CID);
        List<SessionAction> said = new ArrayList<>();
        for (int i = 0; i < options.tolerance() + 3; i++) {
            said.addAll(send(MALLORY, BLOCK));
        }
        assertEquals(1, said.stream().filter(Deliver.class::isInstance).count());
        assertEquals(1, said.stream().filter(Distrust.class::isInstance).count());
    }

    @Test
    void aPeerThatClaimsToHaveEverythingHoldsUpEachBlockOnce() {
        List<Block> blocks = IntStream.range(0, 20).mapToObj(n -> MemoryBlocks.block(n, 2000)).toList();
        join(MALLORY);
        join(ALICE);
        for (Block block : blocks) {
            want(block.cid());
            have(MALLORY, block.cid(), true);
        }
        blocks.forEach(block -> have(ALICE, block.cid(), true));
        List<SessionAction> said = wait(options.patience());
        List<Cid> asked = said.stream().filter(Tell.class::isInstance).map(Tell.class::cast)
                .filter(tell -> tell.to().equals(ALICE)).flatMap(tell -> tell.entries().stream())
                .filter(entry -> entry.kind() == WantEntry.Kind.BLOCK).map(WantEntry::cid).toList();
        assertEquals(blocks.stream().map(Block::cid).toList(), asked);
        blocks.forEach(block -> send(ALICE, block));
        assertEquals(20, session.figures().delivered());
    }

    @Test
    void nothingIsKeptOfPeersThatHaveGone() {
        want(CID);
        for (int i = 0; i < 1000; i++) {
            join(peer(i));
            have(peer(i), CID, true);
            session.left(peer(i), now);
        }
        join(ALICE);
        assertEquals(List.of(told(ALICE, WantEntry.block(CID))), have(ALICE, CID, true));
        assertEquals(List.of(new Deliver(BLOCK)), send(ALICE, BLOCK));
    }
}
