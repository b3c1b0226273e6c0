// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import org.junit.jupiter.api.Test;

class ListedTest {

    private static final Cid CID = Cid.raw(new byte[] {1});
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Listed listed = new Listed(List.of(CID), cid -> Optional.empty(), PATIENCE, block -> { });

    @Test
    void aBlockThatDoesNotComeIsNamedWhenPatienceEnds() throws IOException {
        listed.waiting(PATIENCE.minusNanos(1), () -> List.of(CID));
        IOException e = assertThrows(BlockNotFoundException.class,
                () -> listed.waiting(PATIENCE, () -> List.of(CID)));
        assertTrue(e.getMessage().contains(CID.toString()), e::getMessage);
    }

    @Test
    void whereTheLastBlockComesInTheMomentThatPatienceEndsItGoesOn() throws IOException {
        listed.waiting(PATIENCE, List::of);
    }
}
