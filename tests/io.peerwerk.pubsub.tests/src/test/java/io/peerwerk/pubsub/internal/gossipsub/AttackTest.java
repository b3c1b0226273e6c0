// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.gossipsub.VirtualNetwork.Honest;

/**
 * A thousand honest peers and two hundred and fifty that get into the meshes, as a fifth of all, and drop everything:
 * each has three times as many connections as an honest peer dials. A failure names its seed.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AttackTest {

    private static final int HONEST = 1_000;
    private static final int ATTACKERS = 250;
    private static final int DIALS = 10;
    private static final int ATTACKER_DIALS = 30;
    private static final int MESSAGES = 20;

    /** What was sent, who there was, and who was against them. */
    private record Outcome(List<Honest> honest, Set<PeerId> attackers, List<String> sent) {

        double attackersInMeshes() {
            long places = honest.stream().mapToLong(peer -> peer.mesh().size()).sum();
            long theirs = honest.stream().mapToLong(peer -> peer.mesh().stream().filter(attackers::contains).count()).sum();
            return theirs / (double) places;
        }
    }

    private static Outcome attack(long seed, boolean spam, GossipsubOptions options, int seconds) {
        var network = new VirtualNetwork(seed);
        List<Honest> honest = network.honest(HONEST, options);
        List<Attacker> attackers = Attacker.some(network, ATTACKERS, spam);
        network.connectEach(attackers, honest, ATTACKER_DIALS); // they come first
        network.connectEach(honest, honest, DIALS);
        network.run(10_000);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String text = "message " + i;
            honest.get(network.random.nextInt(honest.size())).publish(text);
            sent.add(text);
            network.run(seconds * 1_000L / MESSAGES);
        }
        network.run(6_000); // as long as a message is offered, and brought
        return new Outcome(honest, attackers.stream().map(Attacker::id).collect(Collectors.toSet()), sent);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyHonestPeerHearsEveryMessageOnceWhileAFifthOfAllPeersDropEverything(long seed) {
        Outcome outcome = attack(seed, false, GossipsubOptions.standard().withFloodPublish(false), 20);
        assertEquals(Set.of(), VirtualNetwork.failures(outcome.honest(), outcome.sent()), "seed " + seed);
        assertTrue(outcome.attackersInMeshes() > 0.05, "the attackers did not get into the meshes, seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void everyHonestPeerHearsEveryMessageOnceWhileTheyAlsoOfferMessagesThatThereAreNoneOf(long seed) {
        Outcome outcome = attack(seed, true, GossipsubOptions.standard().withFloodPublish(false), 20);
        assertEquals(Set.of(), VirtualNetwork.failures(outcome.honest(), outcome.sent()), "seed " + seed);
        assertEquals(0, outcome.attackersInMeshes(), "who breaks promises is put out of the meshes, seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6})
    void debtsForMessagesNotBroughtPutThoseWhoDropThemOutOfTheMeshes(long seed) {
        var options = GossipsubOptions.standard().withScores(ScoreOptions.standard().withMeshDebts(-5));
        Outcome without = attack(seed, false, GossipsubOptions.standard(), 60);
        Outcome with = attack(seed, false, options, 60);
        assertEquals(Set.of(), VirtualNetwork.failures(with.honest(), with.sent()), "seed " + seed);
        assertTrue(with.attackersInMeshes() < without.attackersInMeshes() / 2,
                "with debts " + with.attackersInMeshes() + ", without " + without.attackersInMeshes() + ", seed " + seed);
    }
}
