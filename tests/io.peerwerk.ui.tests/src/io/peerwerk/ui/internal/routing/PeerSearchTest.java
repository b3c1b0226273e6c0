// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.runtime.jobs.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.node.NodeState;

class PeerSearchTest {
    private static final PeerId PEER = FakeNode.id(7);

    private final FakeNode node = new FakeNode(Path.of("home"));
    private final FakeSource source = FakeSource.running(node);
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final PeerSearch search = new PeerSearch(source, told::incrementAndGet);

    @AfterEach
    void end() {
        search.close();
    }

    private PeerSearch.State stateAfter(String id) throws InterruptedException {
        search.start(id);
        Job.getJobManager().join(PeerSearch.FAMILY, null);
        return search.state();
    }

    @Test
    void itTellsWhereThePeerIsOrThatNobodyKnowsIt() throws InterruptedException {
        assertEquals(new PeerSearch.Idle(), search.state());
        assertEquals(new PeerSearch.Unknown(PEER), stateAfter(PEER.toString()));
        Multiaddr address = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
        node.routing.finding = peer -> Optional.of(new FoundPeer(peer, List.of(address)));
        assertEquals(new PeerSearch.Found(PEER, List.of(address)), stateAfter(PEER.toString()));
        assertEquals(4, told.get());
    }

    @Test
    void whatKeepsItFromLookingIsASentence() throws InterruptedException {
        node.routing.finding = peer -> {
            throw new IOException("no peer that takes part in the routing is known");
        };
        assertEquals(new PeerSearch.Failed("No peer that takes part in the routing is known"), stateAfter(PEER.toString()));
        assertEquals(new PeerSearch.Failed("This is the id of this node itself"), stateAfter(FakeNode.id(0).toString()));
        node.routing = null;
        assertEquals(new PeerSearch.Failed("The routing module is not loaded"), stateAfter(PEER.toString()));
        source.become(new NodeState.Stopped());
        assertEquals(new PeerSearch.Failed("The node is not running"), stateAfter(PEER.toString()));
    }

    /** Begins a search that ends by an interrupt only. */
    private void startWithoutEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        node.routing.finding = peer -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new InterruptedIOException("interrupted");
            }
        };
        search.start(PEER.toString());
        begun.await();
    }

    @Test
    void cancellingInterruptsItAndItHasNothingMoreToSay() throws InterruptedException {
        startWithoutEnd();
        assertEquals(new PeerSearch.Running(PEER), search.state());
        assertTrue(Job.getJobManager().find(PeerSearch.FAMILY)[0].isUser());
        search.cancel();
        interrupted.await();
        assertEquals(new PeerSearch.Idle(), search.state());
        await().until(() -> Job.getJobManager().find(PeerSearch.FAMILY).length == 0);
        assertEquals(new PeerSearch.Idle(), search.state());
    }

    @Test
    void theNextSearchTakesThePlaceOfTheOneBefore() throws InterruptedException {
        startWithoutEnd();
        node.routing.finding = peer -> Optional.empty();
        assertEquals(new PeerSearch.Unknown(FakeNode.id(8)), stateAfter(FakeNode.id(8).toString()));
    }

    @Test
    void whatIsNoIdEndsTheSearchBefore() throws InterruptedException {
        stateAfter(PEER.toString());
        assertTrue(stateAfter("12D3") instanceof PeerSearch.Failed failed && !failed.reason().isBlank());
        assertTrue(stateAfter("12D3\u202ePeer") instanceof PeerSearch.Failed failed && !failed.reason().contains("\u202e"));
    }
}
