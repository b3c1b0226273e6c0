// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class StorageLinkFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aLinkThatIsReadIsWrittenTheSame(byte[] input) throws FormatException {
        var link = Untrusted.read(() -> StorageLink.parse(new String(input, UTF_8)));
        if (link.isPresent()) {
            assertEquals(link.get(), StorageLink.parse(link.get().toString()));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void optionsAreReadOrRefused(byte[] input) {
        Untrusted.read(() -> PutOptions.parse(new String(input, UTF_8)));
    }
}
