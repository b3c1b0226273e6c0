// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class MultiaddrFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anAddressInBytesHasOneSpelling(byte[] input) throws IOException {
        Optional<Multiaddr> address = Untrusted.read(() -> Multiaddr.read(input));
        if (address.isPresent()) {
            assertArrayEquals(input, address.get().toBytes());
            usable(address.get());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anAddressAsTextIsReadTheSameFromWhatItWrites(byte[] input) throws IOException {
        Optional<Multiaddr> address = Untrusted.read(() -> Multiaddr.parse(new String(input, UTF_8)));
        if (address.isPresent()) {
            assertEquals(address.get(), Multiaddr.read(address.get().toBytes()));
            usable(address.get());
        }
    }

    private static void usable(Multiaddr address) throws IOException {
        assertEquals(address, Multiaddr.parse(address.toString()));
        address.tcpAddress();
        address.peer().ifPresent(peer -> assertEquals(address, address.withPeer(peer)));
    }
}
