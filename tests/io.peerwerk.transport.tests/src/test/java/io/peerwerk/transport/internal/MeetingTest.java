// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.DialException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Meetings with a transport whose links nobody makes connections of. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeetingTest {

    private static final Multiaddr OWN = Multiaddr.of("/ip4/192.0.2.7/tcp/4001");
    private static final Multiaddr THEIRS = Multiaddr.of("/ip4/192.0.2.1/tcp/4001");

    private final DeafTransport transport = new DeafTransport();
    private final Admission admission = new Admission(HostOptions.standard());
    private final Meeting meeting = new Meeting(address -> transport, t -> List.of(OWN),
            admission::leave,
            order -> CompletableFuture.failedFuture(new FormatException("both are initiators")));

    private static PeerId somebody() {
        return Identity.generate(new SecureRandom()).id();
    }

    @Test
    void theInitiatorDialsFromThePortThatThePeerDialsAndFromNoOther() {
        transport.connects = true;
        assertThrows(DialException.class, () -> meeting.meet(somebody(), List.of(THEIRS), true));
        assertEquals(List.of(THEIRS), transport.dialled);
        assertEquals(List.of(List.of(OWN)), transport.dialledFrom);
        assertEquals(List.of(), transport.knocked);
    }

    @Test
    void theResponderKnocks() {
        assertThrows(DialException.class, () -> meeting.meet(somebody(), List.of(THEIRS), false));
        assertEquals(List.of(THEIRS), transport.knocked);
        assertEquals(List.of(), transport.dialled);
    }

    @Test
    void relaysAndAddressesOfOthersAreLeftOutAndNotMoreThanSixteenAreTried() {
        PeerId peer = somebody();
        var addresses = new ArrayList<>(List.of(THEIRS.withPeer(somebody()),
                Multiaddr.of("/ip4/192.0.2.2/tcp/1").withPeer(somebody()).encapsulate(Multiaddr.of("/p2p-circuit"))));
        for (int port = 1; port <= 40; port++) {
            addresses.add(Multiaddr.of("/ip4/192.0.2.1/tcp/" + port));
        }
        assertThrows(DialException.class, () -> meeting.meet(peer, addresses, true));
        assertEquals(addresses.subList(2, 18), transport.dialled);
    }

    @Test
    void anAddressThatATransportChokesOnHoldsNoPlace() {
        transport.breaks = true;
        assertThrows(DialException.class, () -> meeting.meet(somebody(), List.of(THEIRS), true));
        assertEquals(0, admission.resources().usage().connections());
    }
}
