// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.fixtures.Untrusted;

class SightingFuzzTest {

    private static final Link LINK = LinkTest.link("eth0", "10.77.0.2", 24, "2001:db8:1::7", 64);
    private static final Presence PRESENCE = new Presence("x".repeat(32), Peers.id(),
            Peers.addresses("/ip4/10.77.0.2/tcp/1"));

    @FuzzTest(maxDuration = "5m")
    void whoeverIsSeenIsOnTheLinkAndWhateverIsAskedGetsABoundedAnswer(byte[] input) throws IOException {
        Optional<DnsMessage> message = Untrusted.read(() -> DnsMessage.parse(input));
        if (message.isEmpty()) {
            return;
        }
        for (Sighting sighting : Sighting.in(message.get(), LINK)) {
            assertTrue(sighting.addresses().size() <= Sighting.MAX_ADDRESSES);
            assertTrue(sighting.addresses().stream().allMatch(LINK::believes));
        }
        assertTrue(PRESENCE.answer(message.get()).map(answer -> answer.toBytes().length).orElse(0) <= 1400);
    }
}
