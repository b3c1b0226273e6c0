// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.ip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void aNetworkContainsItsFirstAndItsLastAddressAndNotTheNextOne() throws Exception {
        Network network = Network.parse("192.0.2.64/26");
        assertTrue(network.contains(ip("192.0.2.64")) && network.contains(ip("192.0.2.127")));
        assertFalse(network.contains(ip("192.0.2.63")) || network.contains(ip("192.0.2.128")));
        assertTrue(Network.parse("0.0.0.0/0").contains(ip("203.0.113.9")));
        assertTrue(Network.parse("2001:db8::/33").contains(ip("2001:db8:7fff::1")));
        assertFalse(Network.parse("2001:db8::/33").contains(ip("2001:db8:8000::1")));
    }

    @Test
    void anAddressAloneIsANetworkOfOne() throws Exception {
        assertTrue(Network.parse("192.0.2.1").contains(ip("192.0.2.1")));
        assertFalse(Network.parse("192.0.2.1").contains(ip("192.0.2.2")));
        assertTrue(Network.parse("::1").contains(ip("::1")));
    }

    @Test
    void theTwoVersionsOfIpHaveNothingInCommonButMappedAddressesAreOfTheFourth() throws Exception {
        assertFalse(Network.parse("::/0").contains(ip("192.0.2.1")));
        assertTrue(Network.parse("192.0.2.0/24").contains(ip("::ffff:192.0.2.7")));
    }

    @Test
    void whatIsNoNetworkIsRefusedAndNoNameIsLookedUp() {
        for (String bad : List.of("", "/8", "192.0.2.1/33", "192.0.2.1/24", "192.0.2.0/", "192.0.2.0/-1", "::/129",
                "example.org", "1.2.3", "1.2.3.4.5", "256.1.1.1", "10.0.0.0/8/8", "fe80::1%eth0", "::g")) {
            assertThrows(FormatException.class, () -> Network.parse(bad), bad);
        }
    }

    @Property
    void aNetworkOfAnAddressContainsItAndIsReadBackFromItsText(@ForAll @Size(4) byte[] bytes,
            @ForAll @IntRange(max = 32) int length) throws Exception {
        InetAddress address = InetAddress.getByAddress(bytes);
        Network network = Network.of(address, length);
        assertTrue(network.contains(address));
        assertEquals(network, Network.parse(network.toString()));
    }

    private static InetAddress ip(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
