// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class IpScopeTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1", "198.18.0.1", "198.51.100.9", "203.0.113.77",
        "224.0.0.1", "239.255.255.250", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "fe80::1", "fc00::1",
        "fd12:3456::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"})
    void whatIsNotOfThePublicInternetIsNot(String ip) throws UnknownHostException {
        assertFalse(IpScope.isPublic(InetAddress.getByName(ip)), ip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
        "172.32.0.0", "192.167.0.1", "223.255.255.255", "2600::1", "2a00:1450::1", "64:ff9b::101:101"})
    void whatIsOfThePublicInternetIs(String ip) throws UnknownHostException {
        assertTrue(IpScope.isPublic(InetAddress.getByName(ip)), ip);
    }

    @Test
    void addressesOfOneOwnerAreOfOneNetwork() throws UnknownHostException {
        assertEquals(network("11.22.1.1"), network("11.22.255.3"));
        assertNotEquals(network("11.22.1.1"), network("11.23.1.1"));
        assertEquals(network("2600:1:2::1"), network("2600:1:ffff::1"));
        assertNotEquals(network("2600:1::1"), network("2600:2::1"));
    }

    private static String network(String ip) throws UnknownHostException {
        return IpScope.network(InetAddress.getByName(ip));
    }
}
