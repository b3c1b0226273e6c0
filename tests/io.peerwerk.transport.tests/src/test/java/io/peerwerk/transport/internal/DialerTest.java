// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.internal.dial.AddressGate;
import io.peerwerk.transport.internal.dial.Names;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dialler with a transport that never gets through, or fails at once. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DialerTest {

    private static final class Fixed implements Names {

        @Override
        public List<InetAddress> addresses(String host) throws IOException {
            String literal = Map.of("good.example", "192.0.2.5", "evil.example", "127.0.0.1", "cloud.example",
                    "169.254.169.254").get(host);
            return literal == null ? List.of() : List.of(InetAddress.getByName(literal));
        }

        @Override
        public List<String> texts(String name) {
            return List.of();
        }
    }

    private final DeafTransport transport = new DeafTransport();
    private final List<Thread> threads = new ArrayList<>();

    private Dialer dialer(Duration timeout, String... bound) {
        return dialer(timeout, new IOException("no upgrade in this test"), bound);
    }

    private Dialer dialer(Duration timeout, IOException failure, String... bound) {
        HostOptions options = HostOptions.standard().within(timeout, Duration.ofSeconds(10));
        List<Multiaddr> own = List.of(bound).stream().map(Multiaddr::of).toList();
        var gate = new AddressGate(() -> own, List::of);
        var rules = DialRules.with(new Fixed(), options.dialStagger(), gate, InstantSource.system());
        var dialer = new Dialer(options, rules, t -> own, new Admission(options)::leave,
                order -> CompletableFuture.failedFuture(failure));
        dialer.add(transport);
        return dialer;
    }

    private static PeerId somebody() {
        return Identity.generate(new SecureRandom()).id();
    }

    @AfterEach
    void stop() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void aDialStormOpensFewSocketsAtATimeAndNobodyIsForgotten() {
        transport.hangs = true;
        Dialer dialer = dialer(Duration.ofMillis(1500));
        var over = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            PeerId peer = somebody();
            var addresses = new ArrayList<Multiaddr>();
            for (int port = 1; port <= 40; port++) {
                addresses.add(Multiaddr.of("/ip4/192.0.2." + i + "/tcp/" + port));
            }
            threads.add(Thread.ofVirtual().start(() -> {
                assertThrows(IOException.class, () -> dialer.dial(peer, addresses, Dialer.Cause.CONNECTION));
                over.incrementAndGet();
            }));
        }
        await().until(() -> over.get() == 200);
        assertEquals(DialRules.MAX_DIALS, transport.most.get());
        assertEquals(0, transport.open.get());
    }

    @Test
    void onePeerGetsFewSocketsHoweverManyAddressesItClaims() {
        transport.hangs = true;
        var addresses = new ArrayList<Multiaddr>();
        for (int port = 1; port <= 100; port++) {
            addresses.add(Multiaddr.of("/ip4/192.0.2.1/tcp/" + port));
        }
        assertThrows(DialException.class, () ->
                dialer(Duration.ofSeconds(1)).dial(somebody(), addresses, Dialer.Cause.CONNECTION));
        assertEquals(DialRules.MAX_DIALS_PER_PEER, transport.most.get());
    }

    @Test
    void whenAllBeforeItHaveFailedTheNextAddressIsDialledAtOnce() {
        var addresses = List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/1"), Multiaddr.of("/ip4/192.0.2.1/tcp/2"),
                Multiaddr.of("/ip4/192.0.2.1/tcp/3"));
        Dialer dialer = dialer(Duration.ofMinutes(10));
        DialException failed = assertThrows(DialException.class, () ->
                dialer.dial(somebody(), addresses, Dialer.Cause.CONNECTION));
        assertEquals(addresses, transport.dialled);
        assertEquals(addresses, List.copyOf(failed.reasons().keySet()));
    }

    @Test
    void anAddressThatHasJustFailedIsLeftAloneButNotForWhoeverWantsAConnection() {
        Dialer dialer = dialer(Duration.ofSeconds(10));
        PeerId peer = somebody();
        var addresses = List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/1"));
        assertThrows(DialException.class, () -> dialer.dial(peer, addresses, Dialer.Cause.USE));
        DialException again = assertThrows(DialException.class, () -> dialer.dial(peer, addresses, Dialer.Cause.USE));
        assertTrue(again.getMessage().contains("failed a moment ago"), again::getMessage);
        assertEquals(1, transport.dialled.size());
        assertThrows(DialException.class, () -> dialer.dial(peer, addresses, Dialer.Cause.CONNECTION));
        assertEquals(2, transport.dialled.size());
        dialer.connected(peer);
        assertThrows(DialException.class, () -> dialer.dial(peer, addresses, Dialer.Cause.USE));
        assertEquals(3, transport.dialled.size());
    }

    @Test
    void namesBecomeAddressesBeforeTheyAreDialled() {
        assertThrows(DialException.class, () -> dialer(Duration.ofSeconds(10)).dial(somebody(),
                List.of(Multiaddr.of("/dns4/good.example/tcp/4001")), Dialer.Cause.CONNECTION));
        assertEquals(List.of(Multiaddr.of("/ip4/192.0.2.5/tcp/4001")), transport.dialled);
    }

    @Test
    void aNameThatIsNotKnownIsAReason() {
        Multiaddr address = Multiaddr.of("/dns4/nobody.example/tcp/4001");
        DialException failed = assertThrows(DialException.class, () ->
                dialer(Duration.ofSeconds(10)).dial(somebody(), List.of(address), Dialer.Cause.CONNECTION));
        assertEquals(Map.of(address, "no address is known for nobody.example"), failed.reasons());
    }

    @Test
    void aPeerCannotHaveUsDialThisMachineOrItsCloudNotEvenByAName() {
        Dialer dialer = dialer(Duration.ofSeconds(10), "/ip4/192.168.1.7/tcp/4001");
        var addresses = List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/22"), Multiaddr.of("/ip4/169.254.169.254/tcp/80"),
                Multiaddr.of("/dns4/evil.example/tcp/22"), Multiaddr.of("/dns/cloud.example/tcp/80"));
        assertThrows(DialException.class, () -> dialer.dial(somebody(), addresses, Dialer.Cause.CONNECTION));
        assertThrows(DialException.class, () -> dialer.dial(somebody(), addresses, Dialer.Cause.USE));
        assertEquals(List.of(), transport.dialled);
    }

    @Test
    void whenBothDialTheSameLinkEachTriesAgainFromAnotherPort() {
        transport.connects = true;
        Multiaddr own = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
        Dialer dialer = dialer(Duration.ofSeconds(10), new FormatException("both are initiators"), own.toString());
        var addresses = List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/4001"));
        assertThrows(DialException.class, () -> dialer.dial(somebody(), addresses, Dialer.Cause.CONNECTION));
        assertEquals(List.of(List.of(own), List.of()), transport.dialledFrom);
        transport.dialledFrom.clear();
        Dialer refused = dialer(Duration.ofSeconds(10), new IOException("another peer is there"), own.toString());
        assertThrows(DialException.class, () -> refused.dial(somebody(), addresses, Dialer.Cause.CONNECTION));
        assertEquals(List.of(List.of(own)), transport.dialledFrom);
    }

    @Test
    void aPersonMayDialWhatTheyLike() {
        Dialer dialer = dialer(Duration.ofSeconds(10), "/ip4/192.168.1.7/tcp/4001");
        Multiaddr address = Multiaddr.of("/ip4/127.0.0.1/tcp/22");
        assertThrows(DialException.class, () -> dialer.dial(address));
        assertThrows(DialException.class, () -> dialer.dial(somebody(), List.of(address), Dialer.Cause.PERSON));
        assertEquals(List.of(address, address), transport.dialled);
    }
}
