// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.eclipse.core.runtime.jobs.Job;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NodeModule;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeRouting;
import io.peerwerk.ui.internal.fakes.PresenterTest;
import io.peerwerk.ui.internal.node.NodeState;

class RoutingPresenterTest extends PresenterTest<RoutingModel> implements RoutingPresenter.View {
    private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/198.51.100.4/tcp/4001");

    private RoutingPresenter present() {
        return begun(new RoutingPresenter(source, this, ui.background(), ui));
    }

    private FakeRouting routing() {
        return node.routing;
    }

    @Test
    void bothTablesAreShownBucketByBucketWithTheirPeers() {
        routing().tables.add(FakeRouting.table("/ipfs/kad/1.0.0", FakeRouting.bucket(0, 1, 2), FakeRouting.bucket(3, 4)));
        routing().tables.add(FakeRouting.table("/ipfs/lan/kad/1.0.0"));
        routing().tables.add(FakeRouting.table("/mine/kad/1.0.0", FakeRouting.bucket(1, 5)));
        present();
        RoutingModel model = shown.getLast();
        assertNull(model.notice());
        assertEquals(List.of("Public peers 3", "Local peers 0", "/mine/kad/1.0.0 1"),
                model.tables().stream().map(table -> table.name() + " " + table.peers()).toList());
        assertEquals(List.of(new RoutingModel.Bucket("Public peers", 0, 2), new RoutingModel.Bucket("Public peers", 3, 1),
                new RoutingModel.Bucket("/mine/kad/1.0.0", 1, 1)), model.buckets());
        assertEquals(List.of(FakeNode.id(1), FakeNode.id(2), FakeNode.id(4), FakeNode.id(5)),
                model.peers().stream().map(RoutingModel.Entry::peer).toList());
        assertEquals(3, model.peers().get(2).bucket().sharedBits());
    }

    @Test
    void tablesAreFollowedWhileSomebodyLooksAndOnRequestOtherwise() {
        visible = false;
        RoutingPresenter presenter = present();
        int before = shown.size();
        routing().tables.add(FakeRouting.table("/ipfs/kad/1.0.0", FakeRouting.bucket(0, 1)));
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
        presenter.refresh();
        ui.advance(MOMENT);
        assertEquals(1, shown.getLast().peers().size());
        visible = true;
        routing().tables.add(FakeRouting.table("/ipfs/lan/kad/1.0.0", FakeRouting.bucket(0, 2)));
        ui.advance(RoutingPresenter.PULSE);
        assertEquals(2, shown.getLast().peers().size());
    }

    @Test
    void aModuleThatIsNotLoadedIsSaidInWords() {
        FakeRouting module = routing();
        node.routing = null;
        present();
        assertEquals("The routing module is not loaded", shown.getLast().notice().title());
        node.routing = module;
        ui.advance(RoutingPresenter.PULSE.plus(MOMENT));
        assertNull(shown.getLast().notice());
        node.module(NodeModule.TRANSPORT, false);
        ui.advance(MOMENT);
        assertEquals("The transport module is not loaded", shown.getLast().notice().title());
        source.become(new NodeState.Stopped());
        ui.advance(MOMENT);
        assertEquals("The node is not running", shown.getLast().notice().title());
    }

    @Test
    void aPeerThatIsLookedForIsShownFirstOnceItIsFound() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        routing().tables.add(FakeRouting.table("/ipfs/kad/1.0.0", FakeRouting.bucket(0, 1)));
        routing().finding = peer -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Optional.of(new FoundPeer(peer, List.of(ADDRESS)));
        };
        RoutingPresenter presenter = present();
        presenter.find(" " + FakeNode.id(9) + "\n");
        ui.advance(MOMENT);
        assertEquals(new PeerSearch.Running(FakeNode.id(9)), shown.getLast().search());
        answer.countDown();
        joinSearches();
        ui.advance(MOMENT);
        assertEquals(new PeerSearch.Found(FakeNode.id(9), List.of(ADDRESS)), shown.getLast().search());
        RoutingModel.Entry first = shown.getLast().peers().getFirst();
        assertEquals(FakeNode.id(9), first.peer());
        assertEquals(List.of(ADDRESS), first.addresses());
        assertNull(first.bucket());
        assertEquals(2, shown.getLast().peers().size());
    }

    private static void joinSearches() throws InterruptedException {
        Job.getJobManager().join(PeerSearch.FAMILY, null);
    }

    @Test
    void whatIsNoIdIsSaidWhereTheResultWouldStand() {
        RoutingPresenter presenter = present();
        presenter.find("my friend");
        ui.advance(MOMENT);
        assertTrue(shown.getLast().search() instanceof PeerSearch.Failed, shown.getLast().search().toString());
        assertNotNull(RoutingText.search(shown.getLast().search()));
    }

    @Test
    void nothingListensAfterTheEnd() {
        RoutingPresenter presenter = present();
        assertTrue(node.listening() > 0);
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
        int before = shown.size();
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
    }
}
