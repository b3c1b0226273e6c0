// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;

class RpcCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aRecordThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<Rpc> rpc = Untrusted.read(() -> RpcCodec.decode(input));
        if (rpc.isPresent()) {
            assertTrue(rpc.get().control().iwant().size() <= WireLimits.MAX_IDS);
            assertEquals(rpc.get(), RpcCodec.decode(RpcCodec.encode(rpc.get())));
            rpc.get().messages().forEach(MessageSignature::author);
        }
    }
}
