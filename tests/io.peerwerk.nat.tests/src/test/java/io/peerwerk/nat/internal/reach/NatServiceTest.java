// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.reach;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.nat.internal.autonat.AutonatOptions;
import io.peerwerk.nat.internal.mapping.Gateways;
import io.peerwerk.nat.internal.mapping.MappingOptions;
import io.peerwerk.nat.internal.relay.RelayOptions;
import io.peerwerk.nat.internal.relay.RelayPeer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.internal.SwitchHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of it over real hosts on loopback. */
class NatServiceTest {

    private static final RelayUse.Options RELAYS = new RelayUse.Options(2, true, Duration.ofMillis(200),
            Duration.ofSeconds(1));

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.addFirst(one);
        return one;
    }

    private NatService service(SwitchHost host, MappingOptions mapping) {
        return closing(new NatService(host, host, AutonatOptions.local(), mapping, RELAYS));
    }

    private RelayPeer relay() {
        RelayPeer relay = closing(RelayPeer.relaying(RelayOptions.standard()));
        service(relay.host(), null);
        return relay;
    }

    private static Multiaddr closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return Multiaddr.of("/ip4/127.0.0.1/tcp/" + socket.getLocalPort());
        }
    }

    private static List<Multiaddr> circuits(SwitchHost host) {
        return host.addresses().stream().filter(a -> a.has(Protocol.P2P_CIRCUIT)).toList();
    }

    @Test
    void aPeerThatNobodyReachesIsReachedThroughRelaysUntilItIsPublic() throws IOException {
        RelayPeer one = relay();
        RelayPeer two = relay();
        RelayPeer hidden = closing(RelayPeer.hidden());
        Registration wrong = hidden.host().announce(closedPort());
        NatService service = service(hidden.host(), null);
        for (RelayPeer relay : List.of(one, two)) {
            hidden.host().connect(Hosts.address(relay.host()));
        }
        await().until(() -> service.status().relays().size() == 2);
        assertEquals(Reach.PRIVATE, service.status().reach());
        assertTrue(hidden.host().addresses().containsAll(service.status().relays()));

        RelayPeer caller = closing(RelayPeer.open());
        Connection through = caller.host().connect(hidden.host().id(), circuits(hidden.host()));
        assertTrue(through.relayed());
        caller.host().ping(hidden.host().id());

        wrong.close();
        hidden.host().listenOn(Multiaddr.of("/ip4/127.0.0.1/tcp/0"));
        await().until(() -> service.status().reach() == Reach.PUBLIC);
        await().until(() -> service.status().relays().isEmpty() && circuits(hidden.host()).isEmpty());
    }

    @Test
    void aRelayThatIsLostIsReplaced() throws IOException {
        RelayPeer one = relay();
        RelayPeer two = relay();
        RelayPeer three = relay();
        RelayPeer hidden = closing(RelayPeer.hidden());
        hidden.host().announce(closedPort());
        NatService service = service(hidden.host(), null);
        for (RelayPeer relay : List.of(one, two, three)) {
            hidden.host().connect(Hosts.address(relay.host()));
        }
        await().until(() -> service.status().relays().size() == 2);
        Multiaddr lost = service.status().relays().getFirst();
        List.of(one, two, three).stream().filter(r -> r.way().equals(lost)).forEach(RelayPeer::close);
        await().until(() -> service.status().relays().size() == 2 && !service.status().relays().contains(lost));
    }

    @Test
    void portsAreMappedAnnouncedProvedAndGivenBack() throws Exception {
        for (Gateways.Kind kind : Gateways.Kind.values()) {
            Gateways gateway = closing(new Gateways(kind));
            RelayPeer peer = closing(RelayPeer.open());
            var heard = new CopyOnWriteArrayList<Reachability>();
            NatService service = service(peer.host(), gateway.options());
            service.listen(heard::add);
            await().until(() -> !service.status().mappings().isEmpty());
            var mapping = service.status().mappings().getFirst();
            int port = peer.host().bound().getFirst().socketAddress().orElseThrow().getPort();
            assertEquals("tcp", mapping.protocol());
            assertEquals(port, mapping.internalPort());
            assertEquals(new InetSocketAddress("11.1.1.1", port), mapping.external());
            assertEquals(kind.title(), mapping.by());
            await().until(() -> peer.host().addresses().contains(Multiaddr.of("/ip4/11.1.1.1/tcp/" + port)));
            await().until(() -> !heard.isEmpty());
            service.close();
            assertEquals(0, gateway.mapped(), kind.title());
            assertEquals(peer.host().bound(), peer.host().addresses());
        }
    }
}
