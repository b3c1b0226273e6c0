// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.Octets;

class IpnsFuzzTest {

    /** The name of the records in the corpus, so that their signatures are looked at. */
    private static final PeerId NAME = name();

    private static PeerId name() {
        try {
            return PeerId.parse("12D3KooWHimHELUhqkeqCSGksCdmWW4Ych6GHGE6Dw6mJBJmvs27");
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void dataThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws FormatException {
        Optional<IpnsData> data = Untrusted.read(() -> IpnsData.parse(input));
        if (data.isPresent()) {
            assertEquals(data.get(), IpnsData.parse(data.get().toBytes()));
            Untrusted.read(() -> data.get().end());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aRecordIsTakenOrRefused(byte[] input) {
        Untrusted.read(() -> IpnsEntry.open(input, NAME).toRecord());
        Untrusted.read(() -> new Validators().check(
                new KadRecord(Validators.key(Validators.NAME, NAME), new Octets(input)), Instant.EPOCH));
        Untrusted.read(() -> new Validators().check(new KadRecord(new Octets(input), new Octets(input)), Instant.EPOCH));
    }
}
