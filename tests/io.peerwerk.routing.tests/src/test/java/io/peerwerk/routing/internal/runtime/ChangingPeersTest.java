// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.routing.internal.kad.Duties;
import io.peerwerk.routing.internal.runtime.DhtOptions.Mode;
import io.peerwerk.routing.internal.runtime.RoutingPeers.Peer;

/** Peers that come and go. */
class ChangingPeersTest {

    private static final List<DhtOptions> LOCAL = List.of(DhtOptions.local(Mode.AUTO, true));
    private static final Cid CONTENT = Cid.raw("content".getBytes());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final RoutingPeers peers = new RoutingPeers();

    @AfterEach
    void end() {
        peers.close();
    }

    /** Another one comes, and goes without a word; somebody notices. */
    private void comeAndGo(Peer peer) throws IOException {
        Peer other = peers.start(LOCAL);
        peer.join(other.address());
        var address = other.address();
        other.host.close();
        peer.routing.doubt(other.host.id());
        await().atMost(RoutingPeers.PATIENCE).until(() -> !peer.knows(address));
    }

    @Test
    void aPeerThatIsDoubtedStaysIfItAnswersAndLeavesTheTableIfNot() throws IOException {
        Peer peer = peers.start(LOCAL);
        Peer answers = peers.start(LOCAL);
        peer.join(answers.address());
        peer.routing.doubt(answers.host.id());
        comeAndGo(peer);
        // An answer that the other one gave before it went may come late and bring it back for a moment.
        await().atMost(RoutingPeers.PATIENCE).until(() -> peer.routing.snapshot().size() == 1);
        assertTrue(peer.knows(answers.address()), "it was asked before the other one");
    }

    @Test
    void whereThePeersGoFastThoseThatComeHearSoonOfWhatIsProvided() throws IOException {
        Peer provider = peers.start(LOCAL, now::get);
        provider.join(peers.start(LOCAL).address());
        assertEquals(1, provider.routing.provide(CONTENT));
        for (int i = 0; i < 3; i++) {
            comeAndGo(provider);
        }
        Peer newcomer = peers.start(LOCAL);
        provider.join(newcomer.address());
        assertEquals(0, newcomer.routing.snapshot().tables().getFirst().providers());
        now.updateAndGet(t -> t.plus(Duties.SOONEST));
        await().atMost(RoutingPeers.PATIENCE)
                .until(() -> newcomer.routing.snapshot().tables().getFirst().providers() == 1);
    }
}
