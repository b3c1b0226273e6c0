// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final long SEED = 42;

    private final Lifetimes lifetimes = new Lifetimes(START);

    static PeerId peer(int number) {
        try {
            return PeerId.read(Multihash.sha256(ByteBuffer.allocate(4).putInt(number).array()).toBytes());
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant day(double days) {
        return START.plusMillis((long) (days * DAY.toMillis()));
    }

    private double meanDays(Instant now) {
        return (double) lifetimes.mean(now).toMillis() / DAY.toMillis();
    }

    @Test
    void whereNothingIsKnownThePriorStands() {
        assertEquals(Lifetimes.PRIOR, lifetimes.mean(START));
    }

    @Test
    void aNetworkNobodyHasLeftIsNotTakenForAnEternalOne() {
        for (int i = 0; i < 10; i++) {
            lifetimes.present(peer(i), START);
        }
        assertEquals(30 + 10 * 20, meanDays(day(20)), 20, "the watching and the prior, by one departure");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 60})
    void underChurnTheMeanIsFound(int truth) {
        Random random = new Random(SEED);
        int size = 300;
        List<Instant> ends = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            lifetimes.present(peer(i), START);
            ends.add(end(START, truth, random));
        }
        int[] places = IntStream.range(0, size).toArray();
        int next = size;
        for (Instant now = START; now.isBefore(day(60)); now = now.plus(Duration.ofHours(2))) {
            for (int i = 0; i < size; i++) {
                if (ends.get(i).isBefore(now)) {
                    lifetimes.absent(peer(places[i]), now);
                    ends.set(i, end(now, truth, random));
                    places[i] = next;
                    lifetimes.present(peer(next++), now);
                }
            }
        }
        // A thousand or so departures: the deviation is some percent; absences that may yet end add a little.
        assertEquals(truth, meanDays(day(60)), 0.2 * truth, "seed " + SEED);
    }

    private static Instant end(Instant from, double meanDays, Random random) {
        return from.plusMillis((long) (-Math.log(1 - random.nextDouble()) * meanDays * DAY.toMillis()));
    }

    @Test
    void whoIsAwayForAWeekendHasNotLeftAndWhoStaysAwayHas() {
        lifetimes.present(peer(0), START);
        lifetimes.present(peer(1), START);
        lifetimes.present(peer(2), START);
        lifetimes.absent(peer(1), day(10));
        lifetimes.absent(peer(2), day(10));
        double pending = meanDays(day(12.5));
        lifetimes.present(peer(1), day(12.5));
        double oneBack = meanDays(day(12.5));
        assertTrue(pending < oneBack, pending + " and then " + oneBack);
        double settled = meanDays(day(13.1));
        // Two were watched all the time, one for ten days; one has left, one is the prior's.
        assertEquals((30 + 2 * 13.1 + 10) / 2, settled, 2);
    }

    @Test
    void whenThisPeerItselfIsCutOffNobodyLeaves() {
        for (int i = 0; i < 5; i++) {
            lifetimes.present(peer(i), START);
        }
        for (int i = 0; i < 5; i++) {
            lifetimes.absent(peer(i), day(1));
        }
        double before = meanDays(day(1));
        assertEquals(before, meanDays(day(20)), 0.2 * before);
        for (int i = 0; i < 5; i++) {
            lifetimes.present(peer(i), day(20));
        }
        assertEquals(30 + 5, meanDays(day(20)), 5);
    }

    @Test
    void aRestartForgetsNothingAndTakesNobodyForGone() throws FormatException {
        for (int i = 0; i < 5; i++) {
            lifetimes.present(peer(i), START);
        }
        for (double d = 0; d < 30; d += 0.5) {
            lifetimes.mean(day(d));
        }
        double before = meanDays(day(30));
        Lifetimes again = Lifetimes.parse(lifetimes.toBytes(day(30)), day(31));
        assertEquals(before, (double) again.mean(day(31)).toMillis() / DAY.toMillis(), 0.05 * before);
        again.present(peer(0), day(31));
        again.mean(day(35));
        assertTrue(again.mean(day(35)).compareTo(Duration.ofDays((long) (before / 3))) < 0, "four did not come back");
    }

    @Test
    void atMostSoManyAreWatched() {
        for (int i = 0; i < Lifetimes.MAX_PEERS + 500; i++) {
            lifetimes.present(peer(i), START);
        }
        byte[] bytes = lifetimes.toBytes(START);
        assertTrue(bytes.length < Lifetimes.MAX_BYTES);
        assertTrue(bytes.length < Lifetimes.MAX_PEERS * 42, () -> "is " + bytes.length);
    }

    @Test
    void aClockThatIsSetBackDoesNoHarm() {
        lifetimes.present(peer(0), day(10));
        lifetimes.absent(peer(0), day(1));
        assertTrue(meanDays(day(1)) > 1);
    }

    @Test
    void whatWasSeenLongAgoWeighsLess() {
        for (int i = 0; i < 50; i++) {
            lifetimes.present(peer(i), START);
        }
        for (int d = 1; d <= 365; d++) {
            lifetimes.mean(day(d));
        }
        // Without ageing it would be the whole 50 years; half a weight after 90 days leaves 130 days of each at most.
        assertTrue(meanDays(day(365)) < 50 * 131 + 30, () -> "is " + meanDays(day(365)));
        assertTrue(meanDays(day(365)) > 50 * 90, () -> "is " + meanDays(day(365)));
    }

    @Test
    void aDamagedRecordIsRefused() {
        long notANumber = Double.doubleToLongBits(Double.NaN);
        assertThrows(FormatException.class, () -> Lifetimes.parse(new ProtoWriter().fixed64(2, notANumber).toBytes(), START));
        assertThrows(FormatException.class, () -> Lifetimes.parse(new byte[] {1, 2, 3}, START));
        assertThrows(FormatException.class,
                () -> Lifetimes.parse(new ProtoWriter().bytes(4, new byte[] {1, 2}).toBytes(), START));
        ProtoWriter many = new ProtoWriter();
        for (int i = 0; i <= Lifetimes.MAX_PEERS; i++) {
            many.bytes(4, peer(i).toBytes());
        }
        assertThrows(FormatException.class, () -> Lifetimes.parse(many.toBytes(), START));
    }
}
