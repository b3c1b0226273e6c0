// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.PortMapping;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.connectivity.ConnectivityFacts.Fact;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.fakes.VirtualUi;
import io.peerwerk.ui.internal.node.NodeState;

class ConnectivityTest {
    private static final Multiaddr HOME = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
    private static final Multiaddr LOOPBACK = Multiaddr.of("/ip4/127.0.0.1/tcp/4001");
    private static final Multiaddr RELAY =
            Multiaddr.of("/ip4/198.51.100.1/tcp/4001/p2p/" + FakeNode.id(9) + "/p2p-circuit");

    private static Reachability reach(Reach reach, Multiaddr... relays) {
        return new Reachability(reach, Map.of(HOME, reach), List.of(), List.of(relays));
    }

    private static Standing standing(@Nullable Reachability found, Multiaddr... addresses) {
        return Standing.of(List.of(addresses), found);
    }

    @Test
    void theSentenceFollowsWhatIsKnown() {
        assertEquals(Standing.REACHABLE, standing(reach(Reach.PUBLIC), HOME));
        assertEquals(Standing.REACHABLE, standing(reach(Reach.PUBLIC, RELAY), HOME));
        assertEquals(Standing.RELAYED, standing(reach(Reach.PRIVATE, RELAY), HOME));
        assertEquals(Standing.UNREACHABLE, standing(reach(Reach.PRIVATE), HOME));
        assertEquals(Standing.UNKNOWN, standing(reach(Reach.UNKNOWN), HOME));
        assertEquals(Standing.LOCAL, standing(reach(Reach.UNKNOWN), LOOPBACK));
        assertEquals(Standing.UNKNOWN, standing(reach(Reach.UNKNOWN), LOOPBACK, HOME));
        assertEquals(Standing.DEAF, standing(reach(Reach.UNKNOWN)));
        assertEquals(Standing.UNWATCHED, standing(null, HOME));
    }

    @Test
    void everySentenceHasItsWordsAndItsIcon() {
        for (Standing standing : Standing.values()) {
            assertTrue(standing.title().length() > 10, standing.name());
            assertTrue(standing.text().length() > 20, standing.name());
            assertNotNull(getClass().getResource("/icons/" + standing.icon() + ".svg"), standing.icon());
        }
    }

    @Test
    void connectionsAreCountedByTheirWay() {
        assertEquals(Map.of(Way.TCP, 2, Way.QUIC, 1, Way.WEBSOCKET, 1, Way.RELAY, 1, Way.OTHER, 1), Way.count(List.of(HOME,
                LOOPBACK, Multiaddr.of("/ip4/192.0.2.7/udp/4001/quic-v1"), Multiaddr.of("/ip4/192.0.2.7/tcp/80/ws"), RELAY,
                Multiaddr.of("/unix/%2ftmp%2fsocket"))));
    }

    private static List<String> lines(ConnectivityModel model) {
        return ConnectivityFacts.of(model).stream().map(fact -> fact.what() + ": " + fact.value()).toList();
    }

    @Test
    void theLinesSayWhatIsWrongFirstAndThenWhatThereIs() {
        PortMapping port = new PortMapping("tcp", 4001, new InetSocketAddress("203.0.113.5", 14001), "UPnP", FakeNode.THEN);
        Reachability found = new Reachability(Reach.PUBLIC, Map.of(HOME, Reach.PUBLIC), List.of(port), List.of(RELAY));
        NetworkStatus network = new NetworkStatus(found, List.of(), Map.of(Multiaddr.of("/ip4/0.0.0.0/tcp/80"),
                "permission denied"), null);
        ConnectivityModel model = new ConnectivityModel(null, List.of(HOME, LOOPBACK), network, Map.of(Way.TCP, 3, Way.QUIC, 1));
        assertEquals(List.of("Cannot listen: /ip4/0.0.0.0/tcp/80: permission denied", "Connections: 3 over TCP",
                "Connections: 1 over QUIC", "Your address: /ip4/192.0.2.7/tcp/4001 \u2013 others reach it",
                "Your address: /ip4/127.0.0.1/tcp/4001", "Open port of the router: TCP 203.0.113.5:14001 leads to port 4001 here",
                "Relay in use: " + FakeNode.id(9).brief()), lines(model));
        for (Fact fact : ConnectivityFacts.of(model)) {
            assertTrue(fact.tooltip().startsWith(fact.value()) && fact.tooltip().length() > fact.value().length() + 20, fact.what());
        }
    }

    @Test
    void aNodeAloneSaysThatNobodyIsConnected() {
        assertEquals(List.of("Connections: none"),
                lines(new ConnectivityModel(null, List.of(), NetworkStatus.NONE, Map.of())));
    }

    @Test
    void whatChangesWithoutAnEventIsFollowedWhileSomebodyLooksAndADeadNodeIsSaid() {
        VirtualUi ui = new VirtualUi();
        FakeNode node = new FakeNode(Path.of("home"));
        FakeSource source = FakeSource.running(node);
        List<ConnectivityModel> shown = new ArrayList<>();
        ConnectivityPresenter presenter = new ConnectivityPresenter(source, new ConnectivityPresenter.View() {
            @Override
            public void show(ConnectivityModel model) {
                shown.add(model);
            }

            @Override
            public boolean visible() {
                return true;
            }
        }, ui.background(), ui);
        ui.advance(Duration.ofMillis(200));
        assertEquals(Standing.LOCAL, shown.getLast().standing());
        node.network = new NetworkStatus(reach(Reach.PRIVATE), List.of(), Map.of(), null);
        ui.advance(ConnectivityPresenter.PULSE.plusMillis(200));
        assertEquals(Standing.UNREACHABLE, shown.getLast().standing());
        node.module(NodeModule.TRANSPORT, false);
        ui.advance(Duration.ofSeconds(1));
        assertNotNull(shown.getLast().notice());
        source.become(new NodeState.Stopped());
        ui.advance(Duration.ofSeconds(1));
        assertEquals("The node is not running", shown.getLast().notice().title());
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
    }
}
