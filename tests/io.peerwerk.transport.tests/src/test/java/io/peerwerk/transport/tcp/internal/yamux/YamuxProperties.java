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

    private static final YamuxOptions OPTIONS = new YamuxOptions(1 << 20, 1 << 21, 5000, 1000, 64, 64, 16, 256,
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
    void whateverTheOrderOfEventsEveryStreamArrivesWhole(@ForAll long seed) throws YamuxException {
        var random = new Random(seed);
        var a = new End(new YamuxSession(true, OPTIONS, 0));
        var b = new End(new YamuxSession(false, OPTIONS, 0));
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

    /** One end of the link: what each of its streams has still to write, has received and has not read yet. */
    private static final class End {

        private final YamuxSession session;
        private final ArrayDeque<Frame> wire = new ArrayDeque<>();
        private final Map<Integer, Integer> toWrite = new HashMap<>();
        private final Map<Integer, Integer> total = new HashMap<>();
        private final Map<Integer, Integer> received = new HashMap<>();
        private final Map<Integer, Integer> unread = new HashMap<>();

        private End(YamuxSession session) {
            this.session = session;
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
