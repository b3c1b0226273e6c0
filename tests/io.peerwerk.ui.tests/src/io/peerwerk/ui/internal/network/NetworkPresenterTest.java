// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.PresenterTest;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.node.Notice.Remedy;

class NetworkPresenterTest extends PresenterTest<NetworkModel> implements NetworkPresenter.View {
    NetworkPresenterTest() {
        visible = false;
    }

    private NetworkPresenter present() {
        return begun(new NetworkPresenter(source, this, ui.background(), ui));
    }

    @Test
    void membersAreShownAsTheyComeAndGo() {
        present();
        assertEquals(List.of(), shown.getLast().peers());
        node.put(FakeNode.peer(1, MemberState.ALIVE, Duration.ofMillis(3)));
        node.put(FakeNode.peer(2, MemberState.ALIVE, null));
        ui.advance(MOMENT);
        assertEquals(2, shown.getLast().reachable());
        node.put(FakeNode.peer(1, MemberState.DEAD, null));
        ui.advance(MOMENT);
        assertEquals(1, shown.getLast().reachable());
        assertEquals(2, shown.getLast().peers().size());
        assertEquals(FakeNode.id(0), shown.getLast().self().id());
    }

    @Test
    void aPeerThatIsKeptOutIsNotCountedAmongThoseThatCanBeReached() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        node.put(FakeNode.peer(2, MemberState.ALIVE, null));
        node.change(new NodeLimits.Change(null, null, null, null, null, null, null, List.of(FakeNode.id(2).toString())));
        present();
        assertEquals(Set.of(FakeNode.id(2)), shown.getLast().blocked());
        assertEquals(1, shown.getLast().reachable());
    }

    @Test
    void aStormOfGossipRedrawsAtMostTenTimesASecondAndOpensNoJob() {
        List<String> jobs = new ArrayList<>();
        JobChangeAdapter spy = new JobChangeAdapter() {
            @Override
            public void scheduled(IJobChangeEvent event) {
                jobs.add(event.getJob().getClass().getName());
            }
        };
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        present();
        int before = shown.size();
        Job.getJobManager().addJobChangeListener(spy);
        try {
            for (int i = 0; i < 1000; i++) {
                node.gossip(20);
                ui.advance(Duration.ofMillis(1));
            }
        } finally {
            Job.getJobManager().removeJobChangeListener(spy);
        }
        assertTrue(shown.size() - before <= 11, () -> shown.size() - before + " times in a second");
        assertTrue(jobs.stream().noneMatch(name -> name.startsWith("io.peerwerk")), jobs.toString());
    }

    @Test
    void roundTripsAreFollowedOnlyWhileSomebodyLooks() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, Duration.ofMillis(3)));
        present();
        int before = shown.size();
        node.putSilently(FakeNode.peer(1, MemberState.ALIVE, Duration.ofMillis(9)));
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
        visible = true;
        ui.advance(NetworkPresenter.PULSE);
        assertEquals(Duration.ofMillis(9), shown.getLast().peers().getFirst().roundTrip());
    }

    @Test
    void aModuleThatGoesIsSaidAndItsReturnShowsThePictureAgain() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        present();
        node.module(NodeModule.GOSSIP, false);
        ui.advance(MOMENT);
        assertEquals("The gossip module is not loaded", shown.getLast().notice().title());
        node.module(NodeModule.GOSSIP, true);
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
        node.put(FakeNode.peer(2, MemberState.ALIVE, null));
        ui.advance(MOMENT);
        assertEquals(2, shown.getLast().peers().size());
    }

    @Test
    void theModuleThatTheOthersStandOnIsNamed() {
        present();
        node.module(NodeModule.GOSSIP, false);
        node.module(NodeModule.TRANSPORT, false);
        ui.advance(MOMENT);
        assertEquals("The transport module is not loaded", shown.getLast().notice().title());
    }

    @Test
    void theStorageModuleIsNotMissedHere() {
        present();
        node.module(NodeModule.STORAGE, false);
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
    }

    @Test
    void aHomeInUseIsSaidWithTheWaysOut() {
        source.become(new NodeState.Failed(Path.of("/home/ada/.peerwerk"), "another node runs on it"));
        present();
        var notice = shown.getLast().notice();
        assertNotNull(notice);
        assertTrue(notice.text().contains("another node runs on it") && notice.text().contains("ada"), notice.text());
        assertEquals(List.of(Remedy.RETRY, Remedy.CHOOSE_HOME, Remedy.PREFERENCES), notice.remedies());
    }

    @Test
    void theNodesWayUpIsFollowed() {
        source.become(new NodeState.Stopped());
        present();
        assertEquals(Remedy.START, shown.getLast().notice().remedies().getFirst());
        source.become(new NodeState.Starting(Path.of("home")));
        ui.advance(MOMENT);
        assertNotNull(shown.getLast().notice());
        source.become(new NodeState.Running(node));
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
    }

    @Test
    void nothingListensAfterTheEnd() {
        NetworkPresenter presenter = present();
        assertTrue(node.listening() > 0);
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
        visible = true;
        int before = shown.size();
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
    }

    @Test
    void anAddressOfTheNetworkIsSharedRatherThanLoopback() {
        node.addresses = List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/4001"), Multiaddr.of("/ip4/192.0.2.7/tcp/4001"));
        assertEquals("/ip4/192.0.2.7/tcp/4001/p2p/" + FakeNode.id(0),
                NetworkPresenter.shareableAddress(node.status()).orElseThrow().toString());
        node.addresses = List.of();
        assertTrue(NetworkPresenter.shareableAddress(node.status()).isEmpty());
    }

    @Test
    void theSummaryCountsWhoIsThereAndWhoIsAway() {
        present();
        assertEquals("No other peers yet", NetworkPresenter.summary(shown.getLast()));
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        ui.advance(MOMENT);
        assertEquals("1 peer can be reached", NetworkPresenter.summary(shown.getLast()));
        node.put(FakeNode.peer(2, MemberState.SUSPECT, null));
        node.put(FakeNode.peer(3, MemberState.DEAD, null));
        ui.advance(MOMENT);
        assertEquals("2 peers can be reached, 1 away", NetworkPresenter.summary(shown.getLast()));
    }
}
