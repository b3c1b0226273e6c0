// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.fakes.VirtualUi;
import io.peerwerk.ui.internal.node.NodeState;

class PeerCountPresenterTest {
    private final VirtualUi ui = new VirtualUi();
    private final FakeNode node = new FakeNode(Path.of("home"));
    private final FakeSource source = FakeSource.running(node);
    private final List<PeerCountPresenter.Count> shown = new ArrayList<>();
    private final PeerCountPresenter presenter = new PeerCountPresenter(source, shown::add, ui.background(), ui);

    private String text() {
        ui.advance(Duration.ofMillis(200));
        return shown.getLast().text();
    }

    @Test
    void itCountsThoseThatCanBeReached() {
        assertEquals("0 peers", text());
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        assertEquals("1 peer", text());
        node.put(FakeNode.peer(2, MemberState.SUSPECT, null));
        node.put(FakeNode.peer(3, MemberState.DEAD, null));
        assertEquals("2 peers", text());
        assertTrue(shown.getLast().tooltip().contains(FakeNode.id(0).toString()), shown.getLast().tooltip());
    }

    @Test
    void itSaysWhereTheNodeStands() {
        source.become(new NodeState.Starting(Path.of("home")));
        assertEquals("Starting\u2026", text());
        source.become(new NodeState.Failed(Path.of("home"), "the disk is full"));
        assertEquals("Node failed", text());
        assertEquals("the disk is full", shown.getLast().tooltip());
        source.become(new NodeState.Absent());
        assertEquals("Node is off", text());
        source.become(new NodeState.Running(node));
        node.module(NodeModule.GOSSIP, false);
        assertEquals("No gossip module", text());
    }

    @Test
    void itSaysWhetherOthersReachThisNodeOnceThatIsKnown() {
        node.network = new NetworkStatus(new Reachability(Reach.PRIVATE, Map.of(), List.of(), List.of()), List.of(), Map.of(), null);
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        assertEquals("1 peer \u00b7 not reachable", text());
        assertTrue(shown.getLast().tooltip().endsWith("Others cannot reach you"), shown.getLast().tooltip());
        node.network = new NetworkStatus(new Reachability(Reach.PUBLIC, Map.of(), List.of(), List.of()), List.of(), Map.of(), null);
        ui.advance(PeerCountPresenter.PULSE);
        assertEquals("1 peer \u00b7 reachable", text());
        node.change(new NodeLimits.Change(null, null, null, null, null, null, null, List.of(FakeNode.id(1).toString())));
        ui.advance(PeerCountPresenter.PULSE);
        assertEquals("0 peers \u00b7 reachable", text());
    }

    @Test
    void nothingListensAfterTheEnd() {
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
    }
}
