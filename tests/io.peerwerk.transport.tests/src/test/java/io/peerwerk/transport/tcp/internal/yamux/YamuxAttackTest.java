// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import io.peerwerk.transport.tcp.internal.yamux.Frame.Type;
import org.junit.jupiter.api.Test;

/**
 * What has broken muxers before. Each case ends its stream or its session, with bounded memory at every moment:
 *
 * <pre>
 *   SYN data beyond the window (CVE-2026-32314)       aFrameThatOpensAStreamBeyondItsWindowEndsTheSession
 *                                                     aFrameThatOpensAStreamWithExactlyItsWindowIsTaken
 *   window update overflow (GHSA-4w32-2493-32g7)      windowUpdatesThatAddUpToMoreThan32BitsEndTheSession
 *   pending frames without bound (CVE-2024-32984)     answersThatAPeerDoesNotReadEndTheSession
 *                                                     streamsThatAreRefusedWithoutEndEndTheSession
 *                                                     windowUpdatesOfAStreamGatherInOneFrame
 *   open and reset flood                              openedAndResetStreamsLeaveNothingBehind
 *                                                     (its rate, for every muxer: HostilePeerTest)
 *   ping flood                                        pingsWithoutEndEndTheSessionThoughTheirAnswersAreRead
 *   empty data frames                                 emptyDataFramesWithoutEndEndTheSession
 *   window update flood                               windowUpdatesThatNoDataAskedForEndTheSession
 *   stalled reader that holds the write queue         aStreamWhosePeerDoesNotReadHoldsUpNoOtherOne
 *                                                     (its memory: HostileMemoryTest)
 *   misuse of the goodbye                             aGoodbyeOnAStreamEndsTheSession, goodbyesWithoutEndEndTheSession,
 *                                                     afterItsGoodbyeAPeerOpensNothing
 * </pre>
 */
class YamuxAttackTest {

    private static final int WINDOW = YamuxOptions.INITIAL_WINDOW;
    private static final YamuxOptions OPTIONS = YamuxOptions.standard();

    private final YamuxSession session = new YamuxSession(true, OPTIONS, (stream, bytes) -> true, 0);

    @Test
    void aFrameThatOpensAStreamBeyondItsWindowEndsTheSession() {
        for (long length : new long[] {WINDOW + 1, WINDOW + 2, 1 << 20, 0xffff_ffffL}) {
            var fresh = new YamuxSession(true, OPTIONS, (stream, bytes) -> true, 0);
            assertThrows(YamuxException.class, () -> fresh.receive(new Frame(Type.DATA, Frame.SYN, 2, length), 0));
            assertEquals(0, fresh.streamCount());
        }
    }

    @Test
    void aFrameThatOpensAStreamWithExactlyItsWindowIsTaken() throws YamuxException {
        assertEquals(List.of(new Action.Opened(2), new Action.Deliver(2, WINDOW)),
                receive(Type.DATA, Frame.SYN, 2, WINDOW));
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 2, 1));
    }

    @Test
    void windowUpdatesThatAddUpToMoreThan32BitsEndTheSession() throws YamuxException {
        receive(Type.WINDOW, Frame.SYN, 2, 0x7fff_ffffL);
        receive(Type.WINDOW, 0, 2, 0x7fff_ffffL - WINDOW);
        assertThrows(YamuxException.class, () -> receive(Type.WINDOW, 0, 2, 2));
    }

    @Test
    void answersThatAPeerDoesNotReadEndTheSession() {
        assertEndsWithin(OPTIONS.maxAnswers() + 1, i -> receive(Type.PING, Frame.SYN, 0, i));
        assertTrue(session.answerCount() <= OPTIONS.maxAnswers());
    }

    @Test
    void streamsThatAreRefusedWithoutEndEndTheSession() {
        int most = OPTIONS.maxIncoming() + OPTIONS.maxIdle() + 1;
        assertEndsWithin(most, i -> {
            receive(Type.WINDOW, Frame.SYN, 2 + 2 * i, 0);
            session.poll();
        });
        assertEquals(OPTIONS.maxIncoming(), session.streamCount());
    }

    @Test
    void windowUpdatesOfAStreamGatherInOneFrame() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, WINDOW);
        session.consumed(2, WINDOW / 2, Long.MAX_VALUE / 2);
        session.consumed(2, WINDOW / 2, Long.MAX_VALUE / 2);
        assertEquals(new Frame(Type.WINDOW, Frame.ACK, 2, WINDOW), session.poll());
        assertEquals(null, session.poll());
    }

    @Test
    void openedAndResetStreamsLeaveNothingBehind() throws YamuxException {
        for (int id = 2; id < 100_000; id += 2) {
            receive(Type.DATA, Frame.SYN, id, 1);
            receive(Type.WINDOW, Frame.RST, id, 0);
            assertFalse(session.knows(id));
        }
        assertEquals(0, session.streamCount());
        assertEquals(0, session.answerCount());
        assertEquals(null, session.poll());
    }

    @Test
    void pingsWithoutEndEndTheSessionThoughTheirAnswersAreRead() {
        assertEndsWithin(OPTIONS.maxIdle() + 1, i -> {
            receive(Type.PING, Frame.SYN, 0, i);
            session.poll();
        });
    }

    @Test
    void emptyDataFramesWithoutEndEndTheSession() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, 1);
        assertEndsWithin(OPTIONS.maxIdle() + 1, i -> receive(Type.DATA, 0, 2, 0));
    }

    @Test
    void windowUpdatesThatNoDataAskedForEndTheSession() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, 1);
        assertEndsWithin(OPTIONS.maxIdle() + 1, i -> receive(Type.WINDOW, 0, 2, 1));
    }

    @Test
    void aStreamWhosePeerDoesNotReadHoldsUpNoOtherOne() throws YamuxException {
        int stalled = session.open(0);
        int alive = session.open(0);
        session.queue(stalled, 10 * WINDOW);
        session.queue(alive, 10 * WINDOW);
        long sent = 0;
        for (Frame frame = session.poll(); frame != null && sent < 10L * WINDOW; frame = session.poll()) {
            if (frame.stream() == alive) {
                sent += frame.length();
                receive(Type.WINDOW, 0, alive, frame.length());
            }
        }
        assertEquals(10L * WINDOW, sent);
    }

    @Test
    void aGoodbyeOnAStreamEndsTheSession() {
        assertThrows(YamuxException.class, () -> receive(Type.GO_AWAY, 0, 2, 0));
    }

    @Test
    void goodbyesWithoutEndEndTheSession() throws YamuxException {
        assertEquals(List.of(new Action.GoneAway(0)), receive(Type.GO_AWAY, 0, 0, 0));
        assertEndsWithin(OPTIONS.maxIdle() + 1, i -> assertEquals(List.of(), receive(Type.GO_AWAY, 0, 0, 0)));
    }

    @Test
    void afterItsGoodbyeAPeerOpensNothing() throws YamuxException {
        receive(Type.GO_AWAY, 0, 0, 0);
        assertEquals(List.of(new Action.Discard(5)), receive(Type.DATA, Frame.SYN, 2, 5));
        assertEquals(new Frame(Type.WINDOW, Frame.RST, 2, 0), session.poll());
        assertEquals(0, session.open(0));
    }

    @Test
    void whoStaysWithinThePaceIsNeverCutOff() throws YamuxException {
        long between = Duration.ofSeconds(1).toNanos() / OPTIONS.idlePerSecond() + 1;
        receive(Type.DATA, Frame.SYN, 2, 1);
        for (long i = 0; i < 100_000; i++) {
            session.receive(new Frame(Type.DATA, 0, 2, 0), i * between);
        }
    }

    private interface Step {
        void take(int number) throws YamuxException;
    }

    private static void assertEndsWithin(int most, Step step) {
        assertThrows(YamuxException.class, () -> {
            for (int i = 0; i < most; i++) {
                step.take(i);
            }
        });
    }

    private List<Action> receive(Type type, int flags, int stream, long length) throws YamuxException {
        return session.receive(new Frame(type, flags, stream, length), 0);
    }
}
