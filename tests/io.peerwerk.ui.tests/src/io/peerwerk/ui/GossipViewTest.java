// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.ui.WorkbenchException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.ui.internal.gossip.GossipModel.Row;
import io.peerwerk.ui.internal.gossip.GossipView;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.network.NetworkView;

/** The Gossip view in a real window, with real peers that gossip. The steps build on each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GossipViewTest extends WindowTest {
    private static final String[] OFFERS = {"10GB", "25GB", "5GB"};

    private final List<PeerProcess> peers = new ArrayList<>();
    private GossipView view;

    @BeforeAll
    void open(@TempDir Path temporary) throws WorkbenchException, IOException {
        openWindow();
        startNode(temporary.resolve("home"));
        for (int i = 0; i < OFFERS.length; i++) {
            peers.add(PeerProcess.start(temporary.resolve("peer" + i), "--bootstrap", address(), "--offer", OFFERS[i]));
        }
        view = view(PeerwerkUi.GOSSIP_VIEW, GossipView.class);
    }

    @AfterAll
    void close() {
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
        peers.forEach(PeerProcess::close);
        stopNode();
    }

    private Optional<Row> row(PeerProcess peer) {
        return view.members().stream().filter(row -> row.peer().toString().equals(peer.id())).findFirst();
    }

    private MemberState state(PeerProcess peer) {
        return row(peer).map(row -> row.info().state()).orElse(null);
    }

    @Test
    @Order(1)
    void membersAreShownWithTheirRoundTripsAndHowFreshTheNewsAre() {
        Loop.until("the peers run", () -> peers.stream().allMatch(PeerProcess::ready));
        Loop.until("all are shown as alive", () -> peers.stream().allMatch(peer -> state(peer) == MemberState.ALIVE));
        Loop.until("all were probed", () -> view.members().stream().allMatch(row -> row.info().roundTrip() != null && row.age() != null));
        assertTrue(view.members().stream().allMatch(row -> row.incarnation() > 0), view.members().toString());
        assertEquals(6, view.curves().size());
    }

    @Test
    @Order(2)
    void theFilterLeavesThoseThatMatch() {
        String id = peers.getFirst().id();
        view.filter(id.substring(id.length() - 12));
        assertEquals(List.of(id), view.members().stream().map(row -> row.peer().toString()).toList());
        view.filter("");
        assertEquals(OFFERS.length, view.members().size());
    }

    @Test
    @Order(3)
    void aMemberIsPingedItsIdAndAddressAreCopied() throws Exception {
        Row row = row(peers.getFirst()).orElseThrow();
        view(PeerwerkUi.GOSSIP_VIEW, GossipView.class).getSite().getSelectionProvider().setSelection(new StructuredSelection(row));
        execute(PeerwerkUi.COPY_PEER);
        assertEquals(row.peer().toString(), clipboard());
        execute(PeerwerkUi.COPY_PEER_ADDRESS);
        assertEquals(row.addresses().getFirst().withPeer(row.peer()).toString(), clipboard());
        execute(PeerwerkUi.PING);
        Loop.until("the answer is said", () -> widgets(window.getShell(), CLabel.class).stream()
                .anyMatch(label -> label.getText().startsWith(row.peer().brief() + " answered within")));
    }

    private Curve curve(String title) {
        return view.curves().stream().filter(curve -> curve.heading().title().equals(title)).findFirst().orElseThrow();
    }

    /** A new network counts itself for the first time after six minutes: longer than a test may take. */
    @Test
    @Order(4)
    void thisPeerLearnsItsRankFromOthersAndItIsSaidThatTheCountIsUnderWay() throws IOException {
        Loop.until("others were compared with", () -> curve("Rank: weaker peers").heading().detail().contains("seen")
                && !curve("Rank: weaker peers").dots().isEmpty());
        double rank = curve("Rank: weaker peers").dots().getLast().y();
        assertTrue(rank >= 0 && rank <= 1, () -> "rank " + rank);
        String size = curve("Peers in the network").heading().detail();
        assertTrue(size.startsWith("waiting") || size.startsWith("converging"), size);
        assertFalse(curve("Local health").dots().isEmpty());
        Screenshot.of(window.getShell()).save("gossip");
    }

    @Test
    @Order(5)
    void aPeerThatDiesIsSuspectedAndThenDead() throws IOException {
        PeerProcess victim = peers.getFirst();
        victim.kill();
        Loop.until("its death is shown", () -> state(victim) == MemberState.DEAD);
        assertEquals(OFFERS.length - 1, view.members().stream().filter(row -> row.info().state().isReachable()).count());
        Screenshot.of(window.getShell()).save("gossip-died");
    }

    @Test
    @Order(6)
    void aNodeThatIsStoppedIsSaidAndItsStartShowsTheMembersAgain() throws IOException {
        stopNode();
        Loop.until("it is said", () -> view.notice().isPresent());
        Screenshot.of(window.getShell()).save("gossip-stopped");
        nodes().start();
        Loop.until("the members are back", () -> view.notice().isEmpty() && state(peers.getLast()) == MemberState.ALIVE);
    }
}
