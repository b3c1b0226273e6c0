// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.gossip.Member;

class CardFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void everyCardThatIsTakenIsItsSignersOwn(byte[] input) throws IOException {
        Optional<Card> card = Untrusted.read(() -> Card.open(new SealedCard(input)));
        if (card.isPresent()) {
            assertTrue(card.get().addresses().size() <= Member.MAX_ADDRESSES);
            assertEquals(card.get().content(), Card.open(card.get().sealed()).content());
        }
    }
}
