// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.internal.gate.Rules.Caps;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in and dialled, with real links. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdmissionTest {

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final SwitchHost alice = hosts.start(HostOptions.local());

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void aDeniedPeerIsLetInOnlyUntilItIsKnownAndIsNeverDialled() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local().with(rules(List.of(), List.of(alice.id().toString()))));
        alice.remember(bob.id(), bob.addresses());
        assertNotServed(bob);
        DialException refused = assertThrows(DialException.class, () -> bob.connect(Hosts.address(alice)));
        assertTrue(refused.getMessage().contains("denied"), refused::getMessage);
        await().until(() -> bob.usage().connections() == 0);
    }

    @Test
    void aDeniedNetworkIsCutOffBeforeAnyHandshake() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local().with(rules(List.of(), List.of("127.0.0.0/8"))));
        try (var peer = new RawPeer(bob.addresses().getFirst())) {
            assertTrue(peer.isCutOff());
        }
        assertEquals(0, bob.usage().memory());
        assertThrows(DialException.class, () -> bob.connect(Hosts.address(alice)));
    }

    @Test
    void withAListOfThoseAllowedOnlyTheyAreServed() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local().with(rules(List.of(alice.id().toString()), List.of())));
        SwitchHost carol = hosts.start(HostOptions.local());
        alice.connect(Hosts.address(bob));
        alice.ping(bob.id());
        assertThrows(IOException.class, () -> {
            carol.connect(Hosts.address(bob));
            carol.ping(bob.id());
        });
    }

    @Test
    void rulesThatChangeCloseTheConnectionsTheyDoNotWant() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local());
        alice.connect(Hosts.address(bob));
        await().until(() -> bob.connection(alice.id()).isPresent());
        bob.apply(rules(List.of(), List.of(alice.id().toString())));
        await().until(() -> bob.connection(alice.id()).isEmpty() && alice.connection(bob.id()).isEmpty());
        bob.apply(Rules.standard());
        alice.connect(Hosts.address(bob));
        alice.ping(bob.id());
    }

    @Test
    void oneLinkMoreThanAnAddressMayHaveIsCutOffAndTheOthersLive() throws IOException {
        Rules rules = Rules.parse(List.of(), List.of(), List.of()).with(Caps.standard().open(2, 2, 2));
        SwitchHost bob = hosts.start(HostOptions.local().identifying(false).with(rules));
        Multiaddr address = bob.addresses().getFirst();
        try (var first = new RawPeer(address).secured(); var second = new RawPeer(address)) {
            try (var third = new RawPeer(address)) {
                assertTrue(third.isCutOff());
            }
            second.secured();
            await().until(() -> bob.connections().size() == 2);
            second.close();
            await().until(() -> bob.usage().connections() == 1);
            try (var next = new RawPeer(address).secured()) {
                await().until(() -> bob.connections().size() == 2);
            }
        }
    }

    @Test
    void anAddressThatComesTooOftenIsCutOffThoughItLeavesEachTime() throws IOException {
        Rules rules = Rules.parse(List.of(), List.of(), List.of()).with(Caps.standard().from(0.001, 5));
        SwitchHost bob = hosts.start(HostOptions.local().with(rules));
        Multiaddr address = bob.addresses().getFirst();
        for (int i = 0; i < 5; i++) {
            new RawPeer(address).choseNoise().close();
        }
        try (var peer = new RawPeer(address)) {
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aDialStormIsBoundedByTheConnectionsThatMayBe() throws Exception {
        SwitchHost bob = hosts.start(HostOptions.local().with(Limits.scaled().atMost(4, 8)));
        try (var silent = new java.net.ServerSocket(0, 100, java.net.InetAddress.getLoopbackAddress())) {
            var address = Multiaddr.of("/ip4/127.0.0.1/tcp/" + silent.getLocalPort());
            var dials = new java.util.ArrayList<Thread>();
            for (int i = 0; i < 40; i++) {
                dials.add(Thread.ofVirtual().start(() -> assertThrows(IOException.class, () -> bob.connect(address))));
            }
            await().until(() -> bob.usage().connections() == 4);
            assertTrue(bob.usage().descriptors() <= 4);
            silent.close();
            bob.close();
            for (Thread dial : dials) {
                dial.join();
            }
        }
        await().until(() -> bob.usage().connections() == 0);
    }

    private void assertNotServed(SwitchHost bob) {
        assertThrows(IOException.class, () -> {
            alice.connect(Hosts.address(bob));
            alice.ping(bob.id());
        });
        await().until(() -> alice.connection(bob.id()).isEmpty());
        assertFalse(bob.connection(alice.id()).isPresent());
    }

    private static Rules rules(List<String> allow, List<String> deny) throws FormatException {
        return Rules.parse(allow, deny, List.of("127.0.0.0/8"));
    }
}
