// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import org.eclipse.core.runtime.Adapters;
import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Estimate;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Standing;
import io.peerwerk.node.NodeModule;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.fakes.FakeGossip;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.PresenterTest;
import io.peerwerk.ui.internal.gossip.Beliefs.Subject;
import io.peerwerk.ui.internal.gossip.GossipModel.Row;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.node.NodeState;

class GossipPresenterTest extends PresenterTest<GossipModel> implements GossipPresenter.View {
    private final FakeGossip gossip = new FakeGossip();
    private final GossipModule module = new GossipModule();

    private GossipPresenter present() {
        module.bindAggregates(gossip);
        module.bindSlices(gossip);
        return begun(new GossipPresenter(source, module, () -> FakeNode.THEN.plus(ui.now()), this, ui.background(), ui));
    }

    private Row row(int number) {
        return shown.getLast().rows().stream().filter(row -> row.peer().equals(FakeNode.id(number))).findFirst().orElseThrow();
    }

    private Curve curve(Subject subject) {
        return shown.getLast().curves().get(subject.ordinal());
    }

    private List<Double> figures(Subject subject) {
        return curve(subject).dots().stream().map(Curve.Dot::y).distinct().toList();
    }

    private static Estimate estimate(double value, double spread) {
        return new Estimate(value, spread, 4, FakeNode.THEN);
    }

    @Test
    void membersAreShownWithTheAgeOfTheirNewsWhichGrowsWithoutAnEvent() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, Duration.ofMillis(3)));
        node.put(FakeNode.peer(2, MemberState.LEFT, null));
        node.heard.put(FakeNode.id(1), FakeNode.THEN.minusSeconds(2));
        present();
        assertEquals(Duration.ofSeconds(2), row(1).age());
        assertNull(row(2).age());
        ui.advance(Duration.ofSeconds(3));
        assertEquals("5\u00a0s", GossipText.age(row(1).age()));
        assertEquals("\u2013", GossipText.age(row(2).age()));
        node.heard.put(FakeNode.id(1), FakeNode.THEN.plusSeconds(60));
        ui.advance(GossipPresenter.PULSE);
        assertEquals(Duration.ZERO, row(1).age());
    }

    @Test
    void commandsOnPeersFindThePeerOfARow() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        present();
        PeerInfo info = Adapters.adapt(row(1), PeerInfo.class);
        assertEquals(FakeNode.peer(1, MemberState.ALIVE, null), info);
        assertNull(Adapters.adapt(row(1), String.class));
    }

    @Test
    void theFilterLooksAtIdsStatesAndAddressesWhateverTheCase() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        node.put(FakeNode.peer(2, MemberState.SUSPECT, null));
        present();
        assertTrue(row(1).matches("") && row(1).matches("  ") && row(2).matches("127.0.0.1"));
        assertTrue(row(2).matches(" SUSP") && !row(1).matches("susp"));
        assertTrue(row(1).matches(FakeNode.id(1).toString().substring(8)) && !row(2).matches(FakeNode.id(1).toString().substring(8)));
        assertTrue(row(1).matches("tcp/5001") && !row(2).matches("tcp/5001"));
    }

    @Test
    void whoCanBeReachedStandsFirstAndTheFreshestAmongThem() {
        for (int i = 1; i <= 4; i++) {
            node.put(FakeNode.peer(i, i == 2 ? MemberState.DEAD : i == 4 ? MemberState.SUSPECT : MemberState.ALIVE, null));
            node.heard.put(FakeNode.id(i), FakeNode.THEN.minusSeconds(10 - i));
        }
        present();
        assertEquals(List.of(FakeNode.id(3), FakeNode.id(1), FakeNode.id(4), FakeNode.id(2)),
                shown.getLast().rows().stream().sorted(GossipText.BY_STATE).map(Row::peer).toList());
        assertEquals("4 members, 3 reachable", GossipText.summary(shown.getLast(), 4));
        assertEquals("1 of 4 members", GossipText.summary(shown.getLast(), 1));
        assertEquals(4, Arrays.stream(MemberState.values()).map(GossipText::icon).distinct().count());
    }

    @Test
    void beforeTheFirstResultWhatConvergesIsShownWithASignOfDoubt() {
        present();
        assertEquals("\u2013", curve(Subject.SIZE).heading().value());
        assertEquals(List.of("\u221210 min", "\u22120.5 min", "now"),
                Stream.of(-10.0, -0.5, 0.0).map(minutes -> curve(Subject.SIZE).axes().x().apply(minutes)).toList());
        assertEquals("waiting for the next epoch", curve(Subject.SIZE).heading().detail());
        assertEquals(List.of(), figures(Subject.OFFER));
        gossip.running = new Convergence(1, 2, 30, OptionalDouble.empty(), Map.of(Quantity.LOAD, 0.5, Quantity.OFFER, 1e9, Quantity.FREE, 1e9));
        ui.advance(Duration.ofSeconds(3));
        assertEquals("\u2248 0.50", curve(Subject.LOAD).heading().value());
        assertEquals(List.of(), figures(Subject.OFFER), "a total needs a size");
        gossip.running = new Convergence(1, 7, 30, OptionalDouble.of(5.8), gossip.running.means());
        ui.advance(Duration.ofSeconds(3));
        assertEquals("\u2248 5.8", curve(Subject.SIZE).heading().value());
        assertEquals("converging, cycle 7 of 30", curve(Subject.SIZE).heading().detail());
        assertEquals("\u2248 5.8\u00a0GB", curve(Subject.OFFER).heading().value());
        assertEquals(List.of(5.8), figures(Subject.SIZE));
    }

    @Test
    void aResultIsShownWithItsSpreadWhileTheCurveFollowsTheNextEpoch() {
        gossip.size = estimate(6, 0.2);
        gossip.totals.put(Quantity.FREE, estimate(40e9, 1e9));
        gossip.running = new Convergence(5, 1, 30, OptionalDouble.of(20), Map.of(Quantity.FREE, 1e9));
        gossip.standing = new Standing(0.8, 0.05, 12);
        present();
        assertEquals("6", curve(Subject.SIZE).heading().value());
        assertEquals("\u00b1 0.2, epoch 4; converging, cycle 1 of 30", curve(Subject.SIZE).heading().detail());
        assertEquals("40\u00a0GB", curve(Subject.FREE).heading().value());
        assertEquals(List.of(20.0), figures(Subject.SIZE));
        assertEquals("80%", curve(Subject.RANK).heading().value());
        assertTrue(curve(Subject.RANK).heading().detail().contains("peers seen: 12"), curve(Subject.RANK).heading().detail());
        gossip.running = null;
        ui.advance(Duration.ofSeconds(3));
        assertEquals(List.of(20.0, 6.0), figures(Subject.SIZE));
    }

    @Test
    void curvesGoOnWhileNobodyLooksAndReachTenMinutesBack() {
        gossip.size = estimate(6, 0);
        visible = false;
        present();
        ui.advance(Duration.ofMinutes(3));
        int few = curve(Subject.SIZE).dots().size();
        assertTrue(few > 30 && few < 40, () -> few + " dots");
        visible = true;
        ui.advance(Duration.ofMinutes(30));
        int most = curve(Subject.SIZE).dots().size();
        assertTrue(most > 250 && most <= 301, () -> most + " dots");
        assertTrue(curve(Subject.SIZE).dots().getFirst().x() >= -10 && curve(Subject.SIZE).dots().getLast().x() > -0.05);
    }

    @Test
    void anotherNodeBeginsNewCurves() {
        gossip.size = estimate(6, 0);
        present();
        ui.advance(Duration.ofSeconds(30));
        source.become(new NodeState.Stopped());
        ui.advance(MOMENT);
        assertEquals("The node is not running", shown.getLast().notice().title());
        assertEquals(List.of(), shown.getLast().curves());
        source.become(new NodeState.Running(new FakeNode(Path.of("other"))));
        ui.advance(MOMENT);
        assertEquals(1, curve(Subject.SIZE).dots().size());
    }

    @Test
    void thisPeersOwnHealthIsSaidInWords() {
        present();
        assertEquals("This node is well", GossipText.health(shown.getLast().self()));
        String well = curve(Subject.HEALTH).heading().detail();
        node.health = 3;
        ui.advance(GossipPresenter.PULSE);
        assertTrue(GossipText.health(shown.getLast().self()).contains("3 of 7"));
        assertNotEquals(well, curve(Subject.HEALTH).heading().detail());
    }

    @Test
    void aModuleThatGoesIsSaidAndItsReturnShowsTheMembersAgain() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        present();
        module.unbindAggregates(gossip);
        module.unbindSlices(gossip);
        ui.advance(GossipPresenter.PULSE);
        assertEquals("\u2013", curve(Subject.RANK).heading().value());
        node.module(NodeModule.GOSSIP, false);
        ui.advance(MOMENT);
        assertEquals("The gossip module is not loaded", shown.getLast().notice().title());
        node.module(NodeModule.GOSSIP, true);
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
        assertNotNull(shown.getLast().self());
        assertEquals(1, shown.getLast().rows().size());
    }

    @Test
    void nothingListensAfterTheEnd() {
        GossipPresenter presenter = present();
        assertTrue(node.listening() > 0);
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
        int before = shown.size();
        ui.advance(Duration.ofMinutes(1));
        assertEquals(before, shown.size());
    }
}
