// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Probe;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Server;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReachabilityModelTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final AutonatOptions OPTIONS = AutonatOptions.standard();
    private static final Multiaddr ONE = Multiaddr.of("/ip4/11.1.1.1/tcp/4001");
    private static final Multiaddr TWO = Multiaddr.of("/ip4/11.1.1.1/udp/4001/quic-v1");
    private static final List<PeerId> PEERS = Stream.generate(() -> Identity.generate(new SecureRandom()).id()).limit(8)
            .toList();

    private Instant now = START;
    private final ReachabilityModel model = new ReachabilityModel(OPTIONS, new Random(1), START);

    private static List<Server> servers(int count, boolean v1, boolean v2) {
        return IntStream.range(0, count).mapToObj(i -> new Server(PEERS.get(i), "network" + i, v1, v2)).toList();
    }

    private Optional<Probe> next(List<Server> servers) {
        now = model.due().isAfter(now) ? model.due() : now;
        return model.next(servers, now);
    }

    @Test
    void nothingIsAskedBeforeConnectionsHaveHadTheirTime() {
        model.addresses(List.of(ONE), now);
        assertEquals(Optional.empty(), model.next(servers(3, true, true), now));
        assertTrue(model.due().isAfter(START));
        assertTrue(next(servers(3, true, true)).isPresent());
    }

    @Test
    void anAddressIsPublicWhenTwoNetworksHaveProvedIt() {
        model.addresses(List.of(ONE), now);
        var probe = next(servers(3, true, true)).orElseThrow();
        assertEquals(2, probe.version());
        model.done(probe, new Answer.Dialled(ONE, true), now);
        assertEquals(Reach.UNKNOWN, model.reach(now));
        var second = next(servers(3, true, true)).orElseThrow();
        assertNotEquals(probe.server(), second.server());
        model.done(second, new Answer.Dialled(ONE, true), now);
        assertEquals(Reach.PUBLIC, model.reach(now));
        assertEquals(2, model.confidence(ONE, now));
    }

    @Test
    void aLyingServerWithManyPeersIsOneVoice() {
        model.addresses(List.of(ONE), now);
        List<Server> sybils = PEERS.stream().map(peer -> new Server(peer, "one network", true, true)).toList();
        for (int i = 0; i < 20; i++) {
            next(sybils).ifPresent(probe -> model.done(probe, new Answer.Dialled(ONE, false), now));
        }
        assertEquals(Reach.UNKNOWN, model.reach(now));
    }

    @Test
    void thePeerIsPrivateOnlyWhenAllItsAddressesAre() {
        model.addresses(List.of(ONE, TWO), now);
        for (int i = 0; i < 4; i++) {
            var server = new Server(PEERS.get(i), "n" + i, false, true);
            var probe = next(List.of(server)).orElseThrow();
            model.done(probe, new Answer.Dialled(i % 2 == 0 ? ONE : TWO, false), now);
            assertEquals(i < 3 ? Reach.UNKNOWN : Reach.PRIVATE, model.reach(now));
        }
    }

    @Test
    void aServerIsNotAskedAgainBeforeItHasRested() {
        model.addresses(List.of(ONE), now);
        List<Server> one = servers(1, true, true);
        assertTrue(next(one).isPresent());
        Instant asked = now;
        Optional<Probe> again = Optional.empty();
        while (again.isEmpty()) {
            again = next(one);
        }
        assertFalse(now.isBefore(asked.plus(OPTIONS.rest())));
    }

    @Test
    void withoutVersionTwoThreeNetworksOfVersionOneDecide() {
        model.addresses(List.of(ONE), now);
        for (int i = 0; i < 3; i++) {
            assertEquals(Reach.UNKNOWN, model.reach(now));
            var probe = next(servers(5, true, false)).orElseThrow();
            assertEquals(1, probe.version());
            model.done(probe, new Answer.DialledAll(false), now);
        }
        assertEquals(Reach.PRIVATE, model.reach(now));
        assertEquals(3, model.confidence(now));
    }

    @Test
    void onceItIsSureItAsksSeldom() {
        model.addresses(List.of(ONE), now);
        for (int i = 0; i < 3; i++) {
            model.done(next(servers(5, true, true)).orElseThrow(), new Answer.Dialled(ONE, true), now);
        }
        assertTrue(Duration.between(now, model.due()).compareTo(OPTIONS.refresh().multipliedBy(3).dividedBy(4)) > 0);
        model.addresses(List.of(ONE, TWO), now);
        assertTrue(Duration.between(now, model.due()).compareTo(OPTIONS.retry().multipliedBy(2)) < 0, "a new address");
    }

    @Test
    void withNoAddressToAskAboutNobodyIsAsked() {
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), next(servers(5, true, true)));
        }
    }

    @Test
    void anAddressThatIsGoneIsForgotten() {
        model.addresses(List.of(ONE), now);
        var probe = next(servers(1, true, true)).orElseThrow();
        model.addresses(List.of(TWO), now);
        model.done(probe, new Answer.Dialled(ONE, true), now);
        assertEquals(List.of(TWO), List.copyOf(model.reachOfEach(now).keySet()));
    }

    @Property(tries = 200)
    void whateverIsAnsweredTheDueTimeMovesOnAndBoundsHold(@ForAll List<Integer> answers, @ForAll long seed) {
        var any = new ReachabilityModel(OPTIONS, new Random(seed), START);
        Instant at = START;
        var asked = new ArrayList<Probe>();
        for (int answer : answers) {
            any.addresses(new ArrayList<>(new HashSet<>(answer % 3 == 0 ? List.of(ONE) : List.of(ONE, TWO))), at);
            at = any.due().isAfter(at) ? any.due() : at;
            Optional<Probe> probe = any.next(servers(Math.floorMod(answer, 8), true, answer % 2 == 0), at);
            assertTrue(any.due().isAfter(at));
            if (probe.isPresent()) {
                asked.add(probe.get());
                any.done(probe.get(), switch (Math.floorMod(answer, 4)) {
                    case 0 -> new Answer.Dialled(ONE, true);
                    case 1 -> new Answer.Dialled(TWO, false);
                    case 2 -> new Answer.DialledAll(answer > 0);
                    default -> new Answer.Nothing();
                }, at);
                assertTrue(any.due().isAfter(at));
                assertFalse(probe.get().addresses().isEmpty());
            }
        }
    }
}
