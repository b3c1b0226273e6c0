// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RpcCodecPropertyTest {

    /** Without edge cases: working out all combinations of them takes longer than all tries. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyRecordComesOutAsItWentIn(@ForAll("rpcs") Rpc rpc) throws IOException {
        assertEquals(rpc, RpcCodec.decode(RpcCodec.encode(rpc)));
    }

    @Provide
    static Arbitrary<Rpc> rpcs() {
        return RpcArbitraries.rpcs();
    }
}
