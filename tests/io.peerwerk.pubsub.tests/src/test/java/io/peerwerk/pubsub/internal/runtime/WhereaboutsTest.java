// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereaboutsTest {

    private static String of(String address) throws UnknownHostException {
        return Whereabouts.of(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.7.7", "169.254.1.1", "::1", "fe80::1", "fd00::1"})
    void anAddressOfTheMachineOrTheLocalNetworkSaysNothing(String address) throws UnknownHostException {
        assertNull(of(address));
    }

    @Test
    void withIpv4TheAddressCounts() throws UnknownHostException {
        assertNotNull(of("192.0.2.1"));
        assertEquals(of("192.0.2.1"), of("192.0.2.1"));
        assertNotEquals(of("192.0.2.1"), of("192.0.2.2"));
    }

    @Test
    void withIpv6TheNetworkCounts() throws UnknownHostException {
        assertEquals(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assertNotEquals(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
