// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.multiformats.Multiaddr;

class ResolverFuzzTest {

    /** The records are the lines of the input; every name has the same. */
    @FuzzTest(maxDuration = "5m")
    void whateverStandsInTheRecordsFewAddressesWithoutNamesComeOut(byte[] input) {
        List<String> records = new String(input, StandardCharsets.ISO_8859_1).lines().limit(200).toList();
        var names = new Names() {
            private int lookups;

            @Override
            public List<InetAddress> addresses(String host) throws IOException {
                assertTrue(++lookups <= Resolver.MAX_LOOKUPS);
                return List.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}),
                        InetAddress.getByAddress(new byte[16]));
            }

            @Override
            public List<String> texts(String name) {
                assertTrue(++lookups <= Resolver.MAX_LOOKUPS);
                return records;
            }
        };
        var resolver = new Resolver(names, Runnable::run, InstantSource.system());
        try {
            List<Multiaddr> found = resolver.resolve(Multiaddr.of("/dnsaddr/a.example"), Duration.ofMinutes(1));
            assertTrue(!found.isEmpty() && found.size() <= Resolver.MAX_RESULTS);
            found.forEach(address -> assertFalse(Resolver.isName(address)));
        } catch (IOException refused) {
            assertFalse(refused.getCause() instanceof RuntimeException, refused::toString);
        }
    }
}
