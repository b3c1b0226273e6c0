// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.bulk;

import static io.peerwerk.transport.internal.bulk.SimulatedPaths.QUIC;
import static io.peerwerk.transport.internal.bulk.SimulatedPaths.TCP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Transfers over simulated paths. */
class BulkRouteTest {

    private static final double MIB = 1 << 20;

    /** No stream is so fast that it spends its time on round trips: where it does, a faster path gains next to nothing. */
    @Property(tries = 60)
    void whereTcpIsFasterNearlyAllGoesOverItAfterAWhile(@ForAll @IntRange(min = 2, max = 100) int speedOfOne,
            @ForAll @DoubleRange(min = 1.6, max = 20) double faster, @ForAll @IntRange(min = 1, max = 8) int atOnce) {
        int speed = speedOfOne * atOnce;
        var paths = new SimulatedPaths(atOnce, 2 * MIB, 2).speed(QUIC, speed).speed(TCP, speed * faster);
        paths.share(TCP, 60 + 0.2 * speed);
        double share = paths.share(TCP, 200);
        assertTrue(share > 0.8, () -> "only " + share);
        assertEquals(1, paths.dials);
    }

    @Property(tries = 60)
    void whereQuicIsFasterNearlyAllStaysThere(@ForAll @IntRange(min = 2, max = 500) int speed,
            @ForAll @DoubleRange(min = 1.0, max = 5) double faster, @ForAll @IntRange(min = 1, max = 8) int atOnce) {
        var paths = new SimulatedPaths(atOnce, 2 * MIB, 2).speed(QUIC, speed * faster).speed(TCP, speed);
        double share = paths.share(QUIC, 300 + 2 * speed);
        assertTrue(share > 0.8, () -> "only " + share);
    }

    @Property(tries = 60)
    void whereBothShareWhatIsNarrowAllStaysAsItIs(@ForAll @IntRange(min = 2, max = 200) int narrow,
            @ForAll @IntRange(min = 1, max = 8) int atOnce) {
        var paths = new SimulatedPaths(atOnce, 2 * MIB, 5).speed(QUIC, 500).speed(TCP, 1000);
        paths.bottleneck = narrow * MIB;
        double share = paths.share(QUIC, 300 + 2 * narrow);
        assertTrue(share > 0.8, () -> "only " + share);
    }

    @Property(tries = 20)
    void whenTheFasterPathGetsSlowTheOtherOneIsFoundAgain(@ForAll @IntRange(min = 2, max = 50) int speed,
            @ForAll @IntRange(min = 1, max = 8) int atOnce) {
        var paths = new SimulatedPaths(atOnce, 2 * MIB, 2).speed(QUIC, speed).speed(TCP, speed * 3);
        paths.share(TCP, 100);
        assertEquals(TCP, paths.next());
        paths.speed(TCP, speed / 4.0);
        paths.run(TimeUnit.SECONDS.toMillis(90));
        paths.moved.clear();
        paths.run(TimeUnit.SECONDS.toMillis(20));
        assertTrue(paths.movedBy(QUIC) > 2 * paths.movedBy(TCP), paths.moved::toString);
    }

    @Property(tries = 20)
    void aPathThatIsLostIsLeftAtOnceWheneverThatIs(@ForAll @IntRange(min = 1, max = 400) int millis) {
        var paths = new SimulatedPaths(4, 2 * MIB, 2).speed(QUIC, 100).speed(TCP, 300);
        paths.run(millis);
        paths.lose(TCP);
        assertEquals(QUIC, paths.next());
        paths.tcpCanBeDialled = false;
        assertEquals(1.0, paths.share(QUIC, 20));
    }

    @Example
    void whenTheUsualPathIsLostTheOtherOneIsTheUsualOne() {
        var paths = new SimulatedPaths(4, 2 * MIB, 2).speed(QUIC, 300).speed(TCP, 100);
        paths.run(500);
        paths.lose(QUIC);
        assertEquals(TCP, paths.next());
    }

    @Example
    void aFewBytesAreNotWorthADial() {
        var paths = new SimulatedPaths(1, 64 * 1024, 1000).speed(QUIC, 100);
        paths.run(TimeUnit.MINUTES.toMillis(5));
        assertEquals(0, paths.dials);
    }

    @Example
    void dialsThatFailComeLaterAndLater() {
        var paths = new SimulatedPaths(2, 4 * MIB, 2).speed(QUIC, 20);
        paths.tcpCanBeDialled = false;
        paths.run(TimeUnit.MINUTES.toMillis(20));
        assertTrue(paths.dials >= 4 && paths.dials <= 6, () -> paths.dials + " dials");
    }

    @Example
    void oneDialIsUnderWayAtATime() {
        var route = new BulkRoute<String>(0);
        route.choose(List.of(QUIC), 0);
        route.opened(QUIC, 0);
        route.moved(QUIC, 8 << 20, false, 1000);
        assertTrue(route.wantsAnother(1000));
        assertFalse(route.wantsAnother(2000));
    }

    @Example
    void aPathOnWhichNothingMovesAnyMoreIsLeft() {
        var paths = new SimulatedPaths(4, 2 * MIB, 2).speed(QUIC, 100).speed(TCP, 300);
        paths.run(1000);
        assertEquals(TCP, paths.next());
        paths.speed(TCP, 0);
        paths.run(TimeUnit.NANOSECONDS.toMillis(BulkRoute.STALLED) + 1000);
        assertEquals(QUIC, paths.next());
    }

    @Example
    void whatGoesUpSaysNothingAboutWhatGoesDown() {
        var route = new BulkRoute<String>(0);
        List<String> both = List.of(QUIC, TCP);
        assertEquals(QUIC, route.choose(both, 0));
        long now = transfer(route, QUIC, true, TimeUnit.SECONDS.toNanos(4), 0);
        assertEquals(TCP, route.choose(both, now));
        now = transfer(route, TCP, false, TimeUnit.SECONDS.toNanos(1), now);
        assertEquals(QUIC, route.choose(both, now));
    }

    private static long transfer(BulkRoute<String> route, String path, boolean out, long time, long now) {
        route.opened(path, now);
        long end = now;
        for (int i = 0; i < 16; i++) {
            end += time / 16;
            route.moved(path, 1 << 20, out, end);
        }
        route.closed(path, end);
        return end;
    }
}
