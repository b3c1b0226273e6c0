// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.internal.gate.Rules.Caps;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PeerId ALICE = Identity.generate(new SecureRandom()).id();
    private static final PeerId BOB = Identity.generate(new SecureRandom()).id();
    private static final Multiaddr SOMEWHERE = Multiaddr.of("/ip4/198.51.100.1/tcp/1");
    private static final Caps CAPS = Caps.standard().open(2, 3, 4);

    @Test
    void oneAddressHasItsPlacesAndGetsThemBack() throws RefusedException {
        var gate = new Gate(Rules.standard().with(CAPS), 0);
        Registration first = gate.enter(ip4(1), 0);
        gate.enter(ip4(1), 0);
        assertThrows(RefusedException.class, () -> gate.enter(ip4(1), 0));
        first.close();
        first.close();
        gate.enter(ip4(1), 0);
        assertThrows(RefusedException.class, () -> gate.enter(ip4(1), 0));
    }

    @Test
    void aNetworkOf24BitsHasItsPlaces() throws RefusedException {
        var gate = new Gate(Rules.standard().with(CAPS), 0);
        for (int i = 1; i <= 4; i++) {
            gate.enter(ip4(i), 0);
        }
        assertThrows(RefusedException.class, () -> gate.enter(ip4(5), 0));
        gate.enter(SOMEWHERE, 0);
    }

    @Test
    void networksOfIpv6CountBy64And56And48Bits() throws RefusedException {
        var gate = new Gate(Rules.standard().with(CAPS), 0);
        gate.enter(ip6("2001:db8:0:0::1"), 0);
        gate.enter(ip6("2001:db8:0:0::2"), 0);
        assertThrows(RefusedException.class, () -> gate.enter(ip6("2001:db8:0:0::3"), 0));
        gate.enter(ip6("2001:db8:0:1::1"), 0);
        assertThrows(RefusedException.class, () -> gate.enter(ip6("2001:db8:0:2::1"), 0));
        gate.enter(ip6("2001:db8:0:100::1"), 0);
        assertThrows(RefusedException.class, () -> gate.enter(ip6("2001:db8:0:200::1"), 0));
        gate.enter(ip6("2001:db8:1::1"), 0);
    }

    @Test
    void anAddressThatComesTooOftenWaitsThoughItsLinksAreGone() throws RefusedException {
        var gate = new Gate(Rules.standard().with(CAPS.from(2, 3)), 0);
        for (int i = 0; i < 3; i++) {
            gate.enter(ip4(1), 0).close();
        }
        assertThrows(RefusedException.class, () -> gate.enter(ip4(1), 0));
        gate.enter(ip4(2), 0);
        gate.enter(ip4(1), SECOND).close();
    }

    @Test
    void aCrowdFromEverywhereWaitsToo() {
        var gate = new Gate(Rules.standard().with(new Caps(10, 10, 1000, 10, 10, 5, 20)), 0);
        int let = 0;
        for (int i = 0; i < 100; i++) {
            let += enters(gate, Multiaddr.of("/ip4/203.0." + i + ".1/tcp/1"), 0) ? 1 : 0;
        }
        assertTrue(let == 20, let + " were let in");
        assertTrue(enters(gate, SOMEWHERE, SECOND));
    }

    @Test
    void thisMachineAndRelayedLinksAndSocketsWithoutAnAddressAreNotCounted() {
        var gate = new Gate(Rules.standard().with(CAPS), 0);
        for (int i = 0; i < 1000; i++) {
            assertTrue(enters(gate, Multiaddr.of("/ip4/127.0.0.1/tcp/1"), 0));
            assertTrue(enters(gate, Multiaddr.of("/ip6/::1/tcp/1"), 0));
            assertTrue(enters(gate, Multiaddr.of("/unix/tmp/x"), 0));
            assertTrue(enters(gate, Multiaddr.of("/ip4/192.0.2.1/tcp/1/p2p/" + BOB + "/p2p-circuit"), 0));
        }
    }

    @Test
    void whoIsDeniedStaysOutWhateverElseTheListsSay() throws FormatException {
        Rules rules = Rules.parse(List.of("198.51.100.0/24", ALICE.toString()), List.of("198.51.100.1", BOB.toString()),
                List.of("198.51.100.0/24"));
        var gate = new Gate(rules, 0);
        assertThrows(RefusedException.class, () -> gate.enter(SOMEWHERE, 0));
        assertThrows(RefusedException.class, () -> gate.check(Optional.of(ALICE), SOMEWHERE));
        Multiaddr nearby = Multiaddr.of("/ip4/198.51.100.2/tcp/1");
        assertThrows(RefusedException.class, () -> gate.check(Optional.of(BOB), nearby));
    }

    @Test
    void withAListOfThoseAllowedNobodyElsePasses() throws FormatException {
        var gate = new Gate(Rules.parse(List.of("198.51.100.0/24", ALICE.toString()), List.of(), List.of()), 0);
        Multiaddr elsewhere = Multiaddr.of("/ip4/203.0.113.1/tcp/1");
        assertDoesNotThrow(() -> gate.check(Optional.of(BOB), SOMEWHERE));
        assertDoesNotThrow(() -> gate.check(Optional.of(ALICE), elsewhere));
        assertThrows(RefusedException.class, () -> gate.check(Optional.of(BOB), elsewhere));
        assertTrue(enters(gate, elsewhere, 0), "who comes could be Alice");
        var networks = new Gate(Rules.parse(List.of("198.51.100.0/24"), List.of(), List.of()), 0);
        assertThrows(RefusedException.class, () -> networks.enter(elsewhere, 0));
        assertThrows(RefusedException.class, () -> networks.check(Optional.empty(), elsewhere));
    }

    @Test
    void otherRulesHoldAtOnce() throws FormatException {
        var gate = new Gate(Rules.standard(), 0);
        assertTrue(enters(gate, SOMEWHERE, 0));
        gate.rules(Rules.parse(List.of(), List.of("198.51.100.1"), List.of()), 0);
        assertThrows(RefusedException.class, () -> gate.enter(SOMEWHERE, 0));
    }

    @Test
    void manyAddressesLeaveNothingBehind() throws RefusedException {
        var gate = new Gate(Rules.standard().with(new Caps(1, 1, 1, 1, 1, 1e9, 1e9)), 0);
        var places = new ArrayList<Registration>();
        for (int i = 0; i < 60_000; i++) {
            places.add(gate.enter(Multiaddr.of("/ip4/10." + i / 256 + '.' + i % 256 + ".1/tcp/1"), i));
        }
        places.forEach(Registration::close);
        assertTrue(gate.counted() == 0, gate.counted() + " networks are counted");
    }

    private static boolean enters(Gate gate, Multiaddr from, long now) {
        try {
            gate.enter(from, now);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static Multiaddr ip4(int last) {
        return Multiaddr.of("/ip4/192.0.2." + last + "/tcp/1000");
    }

    private static Multiaddr ip6(String address) {
        return Multiaddr.of("/ip6/" + address + "/tcp/1000");
    }
}
