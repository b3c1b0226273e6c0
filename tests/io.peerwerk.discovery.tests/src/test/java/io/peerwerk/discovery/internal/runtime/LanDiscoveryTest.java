// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.dns.ResourceRecord;
import io.peerwerk.discovery.internal.mdns.Presence;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.tcp.internal.TcpTransport;

class LanDiscoveryTest {

    private static final int CONNECTIONS = 3;

    private final VirtualLan lan = new VirtualLan();
    private final Hosts hosts = new Hosts(new TcpTransport());
    private final List<LanDiscovery> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(LanDiscovery::close);
        hosts.close();
        lan.close();
    }

    private LanDiscovery start(Host host, Network network) {
        var discovery = new LanDiscovery(host, network, CONNECTIONS, new SplittableRandom(started.size()));
        started.add(discovery);
        return discovery;
    }

    @Test
    void peersOnOneLinkFindEachOtherAndConnect() {
        Host one = hosts.start(HostOptions.local());
        Host other = hosts.start(HostOptions.local());
        start(one, lan.machine("127.0.0.1", 8));
        start(other, lan.machine("127.0.0.1", 8));

        await().until(() -> one.connection(other.id()).isPresent() && other.connection(one.id()).isPresent());
        assertEquals(other.addresses(), one.known(other.id()));
    }

    @Test
    void aHostThatListensOnLoopbackAloneNeitherSaysNorHearsAnything() {
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        var host = new FakeHost("/ip4/127.0.0.1/tcp/4001", "/ip6/::1/tcp/4001");
        start(host, machine);

        await().until(() -> machine.looks.get() >= 4);
        assertTrue(machine.joined.isEmpty());
        assertTrue(lan.sent.isEmpty());
    }

    @Test
    void onlyTheAddressesOnTheLinkAreTold() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001", "/ip4/127.0.0.1/tcp/4001", "/ip4/10.0.0.1/tcp/4001");
        start(host, lan.machine("192.168.1.7", 24));

        await().until(() -> !texts().isEmpty());
        assertEquals(List.of("dnsaddr=/ip4/192.168.1.7/tcp/4001/p2p/" + host.id), texts().getFirst());
    }

    @Test
    void aPeerThatBeginsToListenLaterOrElsewhereIsHeardOf() {
        var mover = new FakeHost();
        var listener = new FakeHost("/ip4/192.168.1.8/tcp/1");
        start(mover, lan.machine("192.168.1.7", 24));
        start(listener, lan.machine("192.168.1.8", 24));

        mover.addresses = Peers.addresses("/ip4/192.168.1.7/tcp/4001");
        await().until(() -> mover.addresses.equals(listener.remembered.get(mover.id)));
        mover.addresses = Peers.addresses("/ip4/192.168.1.7/tcp/4002");
        await().until(() -> mover.addresses.equals(listener.remembered.get(mover.id)));
    }

    @Test
    void anInterfaceThatGoesIsLeftAndOneThatComesIsJoined() {
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        start(new FakeHost("/ip4/192.168.1.7/tcp/4001"), machine);
        await().until(() -> !machine.joined.isEmpty());

        var links = machine.links;
        machine.links = List.of();
        await().until(machine.joined::isEmpty);
        machine.links = links;
        await().until(() -> !machine.joined.isEmpty());
    }

    @Test
    void anInterfaceThatFailsIsTriedAgain() {
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        machine.broken = true;
        start(new FakeHost("/ip4/192.168.1.7/tcp/4001"), machine);
        await().until(() -> machine.looks.get() >= 2);
        assertTrue(machine.joined.isEmpty());

        machine.broken = false;
        await().until(() -> !texts().isEmpty());
    }

    @Test
    void aPeerSaysGoodbye() {
        var listener = new FakeHost("/ip4/192.168.1.8/tcp/1");
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        LanDiscovery discovery = start(host, lan.machine("192.168.1.7", 24));
        start(listener, lan.machine("192.168.1.8", 24));
        await().until(() -> listener.remembered.containsKey(host.id));

        discovery.close();
        assertEquals(0, messages().getLast().answers().getFirst().ttl());
    }

    @Test
    void aPeerDoesNotFindItself() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        start(host, lan.machine("192.168.1.7", 24));
        await().until(() -> texts().size() >= 2);
        assertTrue(host.remembered.isEmpty());
    }

    @Test
    void aStormOfMadeUpPeersIsRememberedInPartAndHardlyDialled() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        start(host, machine);
        await().until(() -> !machine.joined.isEmpty());

        for (int i = 0; i < 400; i++) {
            lan.send(announcement(Peers.id(), "/ip4/192.168.1.99/tcp/" + (1000 + i)));
        }
        await().until(() -> host.remembered.size() >= 32);
        await().until(() -> host.dialled.size() == CONNECTIONS);
        lan.send(announcement(Peers.id(), "/ip4/192.168.1.99/tcp/1"));
        assertTrue(host.remembered.size() < 100, host.remembered.size() + " of 400");
        assertEquals(CONNECTIONS, host.dialled.size());
    }

    @Test
    void aPeerThatIsNotThereMakesRoomForAnother() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        host.answers.countDown();
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        start(host, machine);
        await().until(() -> !machine.joined.isEmpty());

        for (int i = 0; i < 4 * CONNECTIONS; i++) {
            PeerId peer = Peers.id();
            await().until(() -> {
                lan.send(announcement(peer, "/ip4/192.168.1.99/tcp/1"));
                return host.remembered.containsKey(peer);
            });
        }
        await().until(() -> host.dialled.size() > CONNECTIONS);
    }

    @Test
    void garbageOnTheLinkDoesNoHarm() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        VirtualLan.Machine machine = lan.machine("192.168.1.7", 24);
        start(host, machine);
        await().until(() -> !machine.joined.isEmpty());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            lan.send(garbage);
        }

        PeerId peer = Peers.id();
        await().until(() -> {
            lan.send(announcement(peer, "/ip4/192.168.1.99/tcp/1"));
            return host.remembered.containsKey(peer);
        });
    }

    @Test
    void aFloodOfQuestionsIsAnsweredOnceASecond() {
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        start(host, lan.machine("192.168.1.7", 24));
        await().until(() -> texts().size() >= 2);
        int before = texts().size();
        for (int i = 0; i < 300; i++) {
            lan.send(Presence.search());
        }
        await().until(() -> texts().size() > before);
        assertTrue(texts().size() <= before + 2, () -> texts().size() - before + " answers");
    }

    @Test
    void whoeverDoesNotWantToBeSeenHasNoNetwork() {
        var nothing = new NoNetwork();
        assertTrue(nothing.links().isEmpty());
        var host = new FakeHost("/ip4/192.168.1.7/tcp/4001");
        start(host, nothing);
        assertFalse(host.remembered.containsKey(host.id));
    }

    private static DnsMessage announcement(PeerId peer, String address) {
        return new Presence(Presence.randomName(new Random()), peer, Peers.addresses(address)).announcement();
    }

    private List<DnsMessage> messages() {
        List<DnsMessage> messages = new ArrayList<>();
        for (byte[] message : lan.sent) {
            try {
                messages.add(DnsMessage.parse(message));
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }
        return messages;
    }

    private List<List<String>> texts() {
        List<List<String>> texts = new ArrayList<>();
        for (DnsMessage message : messages()) {
            for (ResourceRecord record : message.additionals()) {
                if (record instanceof ResourceRecord.Text text) {
                    texts.add(text.strings());
                }
            }
        }
        return texts;
    }
}
