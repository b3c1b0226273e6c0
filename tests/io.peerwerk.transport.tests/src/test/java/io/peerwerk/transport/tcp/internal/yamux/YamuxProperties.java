// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class YamuxProperties {

    private static final YamuxOptions OPTIONS = new YamuxOptions(1 << 20, 5000, 1000, 64, 64, 16, 256, 256, 256,
            Duration.ofSeconds(15), Duration.ofHours(1), Duration.ofHours(1));

    @Property
    void aHeaderIsReadTheSameAsItWasWritten(@ForAll @IntRange(max = 3) int type,
            @ForAll @IntRange(max = 0xffff) int flags,
            @ForAll int stream, @ForAll int length) throws YamuxException {
        var frame = new Frame(Frame.Type.values()[type], flags, stream, Integer.toUnsignedLong(length));
        assertEquals(frame, Frame.parse(frame.first(), (int) frame.length()));
    }

    /** Two sessions, a link with a random delay of frames, random streams, writers and readers, from one seed. */
    @Property(tries = 200)
    void whateverTheOrderOfEventsEveryStreamArrivesWhole(@ForAll long seed, @ForAll @IntRange(max = 20) int megabytes)
            throws YamuxException {
        var random = new Random(seed);
        var a = new End(true, megabytes << 20);
        var b = new End(false, megabytes << 20);
        long now = 0;
        for (int i = 0; i < 40; i++) {
            (random.nextBoolean() ? a : b).open(1 + random.nextInt(600_000), now);
        }
        for (int quiet = 0; quiet < 4000;) {
            now += random.nextInt(1_000_000);
            boolean moved = switch (random.nextInt(6)) {
                case 0 -> a.write(random);
                case 1 -> b.write(random);
                case 2 -> a.transfer(b, now, random);
                case 3 -> b.transfer(a, now, random);
                case 4 -> a.read(now, random);
                default -> b.read(now, random);
            };
            if (random.nextInt(100) == 0) {
                a.session.tick(now);
                b.session.tick(now);
            }
            quiet = moved ? 0 : quiet + 1;
        }
        a.assertAllArrivedAt(b);
        b.assertAllArrivedAt(a);
        assertEquals(0, a.session.streamCount());
        assertEquals(0, b.session.streamCount());
    }

    /**
     * A link of some latency and bandwidth, over which one end sends on several streams whose readers keep up: whatever
     * the memory for windows, none starves, and in the long run each has had its part.
     */
    @Property(tries = 50)
    void streamsShareALinkWithLatencyAndNoneStarves(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int count,
            @ForAll @IntRange(min = 1, max = 200) int latencyMillis, @ForAll @IntRange(max = 20) int megabytes)
            throws YamuxException {
        var random = new Random(seed);
        var there = new End(true, 0);
        var here = new End(false, megabytes << 20);
        var link = new SlowLink(there, here, latencyMillis);
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            ids.add(there.session.open(0));
            there.session.queue(ids.getLast(), 1 << 28);
        }
        for (int i = 0; i < 400; i++) {
            link.run(1 + random.nextInt(latencyMillis));
            here.readAll(link.nanos);
        }
        long most = ids.stream().mapToInt(id -> here.received.getOrDefault(id, 0)).max().orElseThrow();
        for (int id : ids) {
            int got = here.received.getOrDefault(id, 0);
            assertTrue(got * 8L >= most,
                    () -> "seed " + seed + ": a stream got " + got + " bytes where another one got " + most);
        }
        assertTrue(here.grown <= (long) megabytes << 20, () -> "windows grew by " + here.grown);
    }

    /** Carries frames there and back after a while, and no more bytes at once than its bandwidth. */
    private static final class SlowLink {

        private static final int BYTES_PER_MILLI = 20_000;

        private record Flying(Frame frame, long due) {
        }

        private final ArrayDeque<Flying> forth = new ArrayDeque<>();
        private final ArrayDeque<Flying> back = new ArrayDeque<>();
        private final End there;
        private final End here;
        private final int latency;
        private long millis;
        private long nanos;
        private long allowance;

        private SlowLink(End there, End here, int latency) {
            this.there = there;
            this.here = here;
            this.latency = latency;
        }

        private void run(int forMillis) throws YamuxException {
            for (int i = 0; i < forMillis; i++) {
                millis++;
                nanos = Duration.ofMillis(millis).toNanos();
                allowance = Math.min(allowance, 0) + BYTES_PER_MILLI;
                if (millis % 1000 == 1) {
                    here.session.tick(nanos);
                }
                send(there.session, forth);
                send(here.session, back);
                deliver(forth, here);
                deliver(back, there);
            }
        }

        private void send(YamuxSession from, ArrayDeque<Flying> to) {
            for (Frame frame = allowance > 0 ? from.poll() : null; frame != null;
                    frame = allowance > 0 ? from.poll() : null) {
                to.add(new Flying(frame, millis + latency));
                allowance -= frame.type() == Frame.Type.DATA ? frame.length() : 0;
            }
        }

        private void deliver(ArrayDeque<Flying> flying, End to) throws YamuxException {
            while (!flying.isEmpty() && flying.peek().due() <= millis) {
                for (Action action : to.session.receive(flying.remove().frame(), nanos)) {
                    to.act(action);
                }
            }
        }
    }

    /** One end of the link: what each of its streams has still to write, has received and has not read yet. */
    private static final class End {

        private final YamuxSession session;
        private final ArrayDeque<Frame> wire = new ArrayDeque<>();
        private final Map<Integer, Integer> toWrite = new HashMap<>();
        private final Map<Integer, Integer> total = new HashMap<>();
        private final Map<Integer, Integer> received = new HashMap<>();
        private final Map<Integer, Integer> unread = new HashMap<>();

        private long left;
        private long grown;

        private End(boolean dialler, long budget) {
            this.left = budget;
            this.session = new YamuxSession(dialler, OPTIONS, this::grow, 0);
        }

        private boolean grow(int stream, int bytes) {
            if (bytes > left) {
                return false;
            }
            left -= bytes;
            grown += bytes;
            return true;
        }

        private void readAll(long now) {
            unread.forEach((id, bytes) -> session.consumed(id, bytes, now));
            unread.clear();
        }

        private void open(int bytes, long now) {
            int id = session.open(now);
            toWrite.put(id, bytes);
            total.put(id, bytes);
        }

        private boolean write(Random random) {
            if (toWrite.isEmpty()) {
                return false;
            }
            int id = pick(toWrite.keySet().stream().sorted().toList(), random);
            int count = Math.min(toWrite.get(id), 1 + random.nextInt(100_000));
            session.queue(id, count);
            if (toWrite.merge(id, -count, Integer::sum) == 0) {
                toWrite.remove(id);
                session.finish(id);
            }
            return true;
        }

        private boolean transfer(End other, long now, Random random) throws YamuxException {
            int frames = 1 + random.nextInt(20);
            boolean moved = false;
            for (int i = 0; i < frames; i++) {
                Frame next = session.poll();
                if (next != null) {
                    wire.add(next);
                }
            }
            while (!wire.isEmpty() && random.nextInt(10) > 0) {
                Frame frame = wire.remove();
                moved |= frame.type() != Frame.Type.PING;
                for (Action action : other.session.receive(frame, now)) {
                    other.act(action);
                }
            }
            return moved || !wire.isEmpty();
        }

        private void act(Action action) {
            switch (action) {
                case Action.Opened(int id) -> received.put(id, 0);
                case Action.Deliver(int id, int length) -> {
                    received.merge(id, length, Integer::sum);
                    int waiting = unread.merge(id, length, Integer::sum);
                    assertTrue(waiting <= OPTIONS.maxWindow(), () -> waiting + " bytes wait to be read");
                    long all = unread.values().stream().mapToLong(Integer::longValue).sum();
                    assertTrue(all <= grown + (long) unread.size() * YamuxOptions.INITIAL_WINDOW,
                            () -> all + " bytes wait to be read on all streams");
                }
                case Action.Finished(int id) -> session.finish(id);
                default -> throw new AssertionError(action.toString());
            }
        }

        private boolean read(long now, Random random) {
            if (unread.isEmpty()) {
                return false;
            }
            int id = pick(unread.keySet().stream().sorted().toList(), random);
            int count = Math.min(unread.get(id), 1 + random.nextInt(200_000));
            session.consumed(id, count, now);
            if (unread.merge(id, -count, Integer::sum) == 0) {
                unread.remove(id);
            }
            return true;
        }

        private void assertAllArrivedAt(End other) {
            total.forEach((id, bytes) -> assertEquals(bytes, other.received.get(id), () -> "stream " + id));
        }

        private static int pick(List<Integer> ids, Random random) {
            return new ArrayList<>(ids).get(random.nextInt(ids.size()));
        }
    }
}
