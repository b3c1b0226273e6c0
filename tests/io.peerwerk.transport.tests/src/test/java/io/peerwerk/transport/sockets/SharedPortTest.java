// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedPortTest {

    private static InetSocketAddress socket(String address) {
        return Multiaddr.of(address).socketAddress().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/192.0.2.1/tcp/1, /ip4/0.0.0.0/tcp/4001, /ip4/0.0.0.0/tcp/4001",
        "/ip4/192.0.2.1/tcp/1, /ip4/127.0.0.1/tcp/4001, ''",
        "/ip4/127.0.0.1/tcp/1, /ip4/192.0.2.7/tcp/4001, ''",
        "/ip4/127.0.0.1/tcp/1, /ip4/0.0.0.0/tcp/4001, /ip4/0.0.0.0/tcp/4001",
        "/ip4/127.0.0.1/tcp/4001, /ip4/0.0.0.0/tcp/4001, ''",
        "/ip4/192.0.2.1/tcp/4001, /ip4/0.0.0.0/tcp/4001, /ip4/0.0.0.0/tcp/4001",
        "/ip6/2001:db8::1/tcp/1, /ip4/0.0.0.0/tcp/4001, ''",
        "/ip4/192.0.2.1/tcp/1, /ip6/::/tcp/4001, ''",
        "/ip4/192.0.2.1/tcp/1, /ip4/0.0.0.0/tcp/4001 /ip4/192.0.2.7/tcp/4002, /ip4/192.0.2.7/tcp/4002",
        "/ip4/192.0.2.1/tcp/1, /ip4/0.0.0.0/tcp/0, ''"})
    void aTargetIsDialledFromASocketThatItsAnswersReach(String target, String listening, String from) {
        Optional<InetSocketAddress> expected = from.isEmpty() ? Optional.empty() : Optional.of(socket(from));
        assertEquals(expected, SharedPort.towards(socket(target),
                Arrays.stream(listening.split(" ")).map(SharedPortTest::socket).toList()));
    }
}
