// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import io.peerwerk.nat.internal.mapping.LeaseModel.Action;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaseModelTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Port TCP = new Port(Port.Transport.TCP, 4001);
    private static final Port UDP = new Port(Port.Transport.UDP, 4002);
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private final LeaseModel model = new LeaseModel(new Random(1));

    private static Grant grant(int port, Duration lifetime, boolean restarted) {
        return new Grant(new InetSocketAddress("11.1.1.1", port), lifetime, restarted);
    }

    @Test
    void aPortIsAskedForOnceAndRenewedAtHalfItsLease() {
        model.wanted(List.of(TCP), START);
        assertEquals(Optional.of(new Action.Map(TCP, 4001)), model.next(START));
        model.granted(TCP, grant(5000, TWO_HOURS, false), START);
        assertEquals(Optional.empty(), model.next(START.plus(Duration.ofMinutes(59))));
        assertEquals(Optional.of(new Action.Map(TCP, 5000)), model.next(START.plus(Duration.ofHours(1))),
                "with the outer port it has");
        assertEquals(1, model.leases(START.plus(TWO_HOURS).minusNanos(1)).size());
        assertEquals(0, model.leases(START.plus(TWO_HOURS)).size());
    }

    @Test
    void aRenewalThatFailsIsTriedAgainBeforeTheEnd() {
        model.wanted(List.of(TCP), START);
        model.granted(TCP, grant(4001, TWO_HOURS, false), START);
        Instant half = START.plus(Duration.ofHours(1));
        model.failed(TCP, half);
        assertEquals(half.plus(Duration.ofMinutes(30)), model.due(half));
        assertEquals(1, model.leases(half).size());
    }

    @Test
    void refusalsAreFollowedByLongerAndLongerWaits() {
        model.wanted(List.of(TCP), START);
        Instant now = START;
        Duration before = Duration.ZERO;
        for (int i = 0; i < 6; i++) {
            model.failed(TCP, now);
            Duration wait = Duration.between(now, model.due(now));
            assertTrue(wait.compareTo(before) > 0 && wait.compareTo(LeaseModel.MAX_WAIT) <= 0, wait.toString());
            before = wait;
            now = model.due(now);
        }
    }

    @Test
    void aRouterThatHasRestartedIsAskedForAllPortsAgain() {
        model.wanted(List.of(TCP, UDP), START);
        model.granted(TCP, grant(4001, TWO_HOURS, false), START);
        model.granted(UDP, grant(4002, TWO_HOURS, false), START);
        assertEquals(Optional.empty(), model.next(START.plusSeconds(60)));
        model.granted(TCP, grant(4001, TWO_HOURS, true), START.plusSeconds(60));
        assertEquals(Optional.of(new Action.Map(UDP, 4002)), model.next(START.plusSeconds(60)));
    }

    @Test
    void aPortThatIsNoLongerWantedIsGivenBack() {
        model.wanted(List.of(TCP), START);
        model.granted(TCP, grant(5000, TWO_HOURS, false), START);
        model.wanted(List.of(), START);
        assertEquals(Optional.of(new Action.Unmap(TCP, 5000)), model.next(START));
        model.released(TCP);
        assertEquals(Optional.empty(), model.next(START));
        assertEquals(List.of(), model.leases(START));
    }

    @Test
    void aLeaseOfASecondDoesNotMakeThisPeerAskEverySecond() {
        model.wanted(List.of(TCP), START);
        model.granted(TCP, grant(4001, Duration.ofSeconds(1), false), START);
        assertFalse(model.due(START).isBefore(START.plus(LeaseModel.LEAST_WAIT)));
    }

    @Test
    void aLeaseOfAHundredYearsIsRenewedWithinADay() {
        model.wanted(List.of(TCP), START);
        model.granted(TCP, grant(4001, Duration.ofDays(36500), false), START);
        assertEquals(START.plus(Duration.ofHours(12)), model.due(START));
    }

    @Test
    void noMorePortsThanTheLimitAreAskedFor() {
        model.wanted(IntStream.rangeClosed(1, LeaseModel.MAX_PORTS + 1).mapToObj(i -> new Port(Port.Transport.TCP, i))
                .toList(), START);
        int asked = 0;
        for (var action = model.next(START); action.isPresent(); action = model.next(START)) {
            model.granted(action.get().port(), grant(1, TWO_HOURS, false), START);
            asked++;
        }
        assertEquals(LeaseModel.MAX_PORTS, asked);
    }

    @Property(tries = 300)
    void whateverTheRouterSaysItIsNotAskedWithoutPause(@ForAll List<Integer> answers) {
        Instant now = START;
        model.wanted(List.of(TCP), now);
        for (int answer : answers) {
            Optional<Action> action = model.next(now);
            if (action.isPresent()) {
                if (answer % 2 == 0) {
                    model.granted(TCP, grant(1 + Math.floorMod(answer, 65535), Duration.ofSeconds(Math.abs((long) answer)),
                            answer % 3 == 0), now);
                } else {
                    model.failed(TCP, now);
                }
                assertFalse(model.due(now).isBefore(now.plus(LeaseModel.LEAST_WAIT)));
            }
            now = model.due(now);
        }
    }
}
