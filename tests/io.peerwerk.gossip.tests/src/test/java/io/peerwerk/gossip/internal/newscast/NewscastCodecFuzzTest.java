// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;

class NewscastCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsTakenIsTheSameWrittenAndReadAgainAndMakesAView(byte[] input) throws IOException {
        Optional<List<News>> message = Untrusted.read(() -> NewscastCodec.decode(input));
        if (message.isPresent()) {
            assertEquals(message.get(), NewscastCodec.decode(NewscastCodec.encode(message.get())));
            var peer = new NewscastPeer(Peers.contact(0), NewscastOptions.every(1000), () -> Instant.EPOCH,
                    new SplittableRandom(1));
            peer.seed(Peers.contact(1));
            peer.handle(new CycleInput.Received<>(Peers.id(2), message.get(), 1));
            var ids = new HashSet<>(peer.view().stream().map(Contact::id).toList());
            assertEquals(peer.view().size(), ids.size());
            assertTrue(ids.size() <= 20 && ids.contains(Peers.id(2)) && !ids.contains(Peers.id(0)));
        }
    }
}
