// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.transport.tcp.internal.yamux.Frame.Type;
import org.junit.jupiter.api.Test;

class YamuxSessionTest {

    private static final int WINDOW = YamuxOptions.INITIAL_WINDOW;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final YamuxOptions OPTIONS = YamuxOptions.standard();

    private final YamuxSession session = new YamuxSession(true, OPTIONS, (stream, bytes) -> true, 0);

    @Test
    void theFirstFrameOfAStreamOpensIt() {
        int id = session.open(0);
        assertNull(session.poll());
        session.queue(id, 10);
        assertEquals(new Frame(Type.DATA, Frame.SYN, 1, 10), session.poll());
        session.queue(id, 5);
        assertEquals(new Frame(Type.DATA, 0, 1, 5), session.poll());
    }

    @Test
    void theDiallersStreamsAreOddAndTheOthersEven() {
        assertEquals(1, session.open(0));
        assertEquals(3, session.open(0));
        var other = new YamuxSession(false, OPTIONS, (stream, bytes) -> true, 0);
        assertEquals(2, other.open(0));
        assertEquals(4, other.open(0));
    }

    @Test
    void anIncomingStreamIsAcceptedWithTheFirstFrameBack() throws YamuxException {
        assertEquals(List.of(new Action.Opened(2), new Action.Deliver(2, 7)), receive(Type.DATA, Frame.SYN, 2, 7));
        session.queue(2, 3);
        assertEquals(new Frame(Type.DATA, Frame.ACK, 2, 3), session.poll());
    }

    @Test
    void aStreamEndsWhenBothEndsHaveEnded() throws YamuxException {
        int id = opened(10);
        session.finish(id);
        assertEquals(new Frame(Type.WINDOW, Frame.FIN, id, 0), session.poll());
        assertTrue(session.knows(id));
        assertEquals(List.of(new Action.Finished(id)), receive(Type.WINDOW, Frame.FIN, id, 0));
        assertFalse(session.knows(id));
        assertEquals(0, session.streamCount());
    }

    @Test
    void theEndIsToldAfterWhatWasWrittenBefore() throws YamuxException {
        int id = opened(1);
        session.queue(id, WINDOW + 10);
        session.finish(id);
        long sent = 1;
        Frame last = null;
        for (Frame frame = session.poll(); frame != null; frame = session.poll()) {
            assertEquals(Type.DATA, frame.type());
            sent += frame.length();
            last = frame;
        }
        assertEquals(WINDOW, sent);
        assertFalse(last.has(Frame.FIN));
        receive(Type.WINDOW, Frame.ACK, id, 100);
        assertEquals(new Frame(Type.DATA, 0, id, 11), session.poll());
        assertEquals(new Frame(Type.WINDOW, Frame.FIN, id, 0), session.poll());
    }

    @Test
    void noMoreIsSentThanThePeersWindow() {
        int id = session.open(0);
        session.queue(id, 10 * WINDOW);
        assertEquals(WINDOW, drain().stream().mapToLong(Frame::length).sum());
    }

    @Test
    void streamsWithBytesToSendTakeTurns() {
        int first = session.open(0);
        int second = session.open(0);
        session.queue(first, 100_000);
        session.queue(second, 100_000);
        List<Integer> order = drain().stream().map(Frame::stream).toList();
        assertEquals(List.of(first, second, first, second), order.subList(0, 4));
    }

    @Test
    void onAFastLinkATurnLastsForSeveralFrames() {
        session.turn(2 * OPTIONS.maxFrame());
        int first = session.open(0);
        int second = session.open(0);
        session.queue(first, 3 * OPTIONS.maxFrame());
        session.queue(second, 3 * OPTIONS.maxFrame());
        List<Integer> order = drain().stream().map(Frame::stream).toList();
        assertEquals(List.of(first, first, second, second, first, second), order);
    }

    @Test
    void aStreamWhoseWindowIsUsedUpInItsTurnLetsTheNextOneSend() {
        session.turn(2 * WINDOW);
        int first = session.open(0);
        int second = session.open(0);
        session.queue(first, 2 * WINDOW);
        session.queue(second, 10);
        assertEquals(second, drain().getLast().stream());
    }

    @Test
    void aStreamAloneSendsTheLargestFrames() {
        int id = session.open(0);
        session.queue(id, 200_000);
        assertEquals(OPTIONS.maxFrame(), drain().getFirst().length());
    }

    @Test
    void aResetStreamSendsNothingMore() {
        int id = session.open(0);
        session.queue(id, 10);
        session.poll();
        session.queue(id, 10);
        session.reset(id);
        assertEquals(List.of(new Frame(Type.WINDOW, Frame.RST, id, 0)), drain());
    }

    @Test
    void aStreamThatThePeerHasNotHeardOfIsResetInSilence() {
        session.reset(session.open(0));
        assertEquals(List.of(), drain());
    }

    @Test
    void theWindowOpensWhenHalfOfItHasBeenUsed() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, WINDOW);
        session.consumed(2, WINDOW / 2 - 1, SECOND);
        assertNull(session.poll());
        session.consumed(2, 1, SECOND);
        assertEquals(new Frame(Type.WINDOW, Frame.ACK, 2, WINDOW / 2), session.poll());
    }

    @Test
    void theWindowDoublesWhileTheReaderKeepsUpWithinTwoRoundTripsAndUpToSixteenMebibytes() throws YamuxException {
        long roundTrip = SECOND / 100;
        measured(session, roundTrip);
        receive(Type.DATA, Frame.SYN, 2, 0);
        long now = roundTrip;
        long window = WINDOW;
        while (window < OPTIONS.maxWindow()) {
            receive(Type.DATA, 0, 2, window / 2);
            now += roundTrip;
            session.consumed(2, (int) (window / 2), now);
            assertEquals(window / 2 + window, session.poll().length());
            window *= 2;
        }
        assertEquals(16 << 20, window);
        receive(Type.DATA, 0, 2, window / 2);
        session.consumed(2, (int) (window / 2), now + 1);
        assertEquals(window / 2, session.poll().length());
    }

    @Test
    void theWindowStaysWhenTheReaderTakesLongerThanTwoRoundTrips() throws YamuxException {
        measured(session, SECOND);
        receive(Type.DATA, Frame.SYN, 2, WINDOW / 2);
        session.consumed(2, WINDOW / 2, 2 * SECOND + 1);
        assertEquals(WINDOW / 2, session.poll().length());
        receive(Type.DATA, 0, 2, WINDOW / 2);
        session.consumed(2, WINDOW / 2, 4 * SECOND + 1);
        assertEquals(WINDOW / 2 + WINDOW, session.poll().length());
    }

    @Test
    void theWindowStaysAtItsFirstSizeWhenThereIsNoMemoryAndTheStreamGoesOn() throws YamuxException {
        var poor = new YamuxSession(true, OPTIONS, (stream, bytes) -> false, 0);
        measured(poor, SECOND);
        long granted = WINDOW;
        long sent = 0;
        for (int i = 0; i < 100; i++) {
            poor.receive(new Frame(Type.DATA, i == 0 ? Frame.SYN : 0, 2, WINDOW / 2), SECOND);
            sent += WINDOW / 2;
            poor.consumed(2, WINDOW / 2, SECOND + i);
            granted += poor.poll().length();
            assertEquals(WINDOW, granted - sent);
        }
    }

    @Test
    void theWindowsOfASessionGrowTogetherOnlyUpToTheBudget() throws YamuxException {
        var left = new java.util.concurrent.atomic.AtomicInteger(2 * WINDOW);
        var small = new YamuxSession(true, OPTIONS, (stream, bytes) -> left.addAndGet(-bytes) >= 0, 0);
        measured(small, SECOND);
        long granted = 0;
        for (int id = 2; id <= 20; id += 2) {
            small.receive(new Frame(Type.DATA, Frame.SYN, id, WINDOW), SECOND);
            small.consumed(id, WINDOW, SECOND + 1);
            granted += small.poll().length() - WINDOW;
        }
        assertEquals(2 * WINDOW, granted);
    }

    private static void measured(YamuxSession session, long roundTrip) throws YamuxException {
        session.tick(0);
        session.receive(new Frame(Type.PING, Frame.ACK, 0, session.poll().length()), roundTrip);
    }

    @Test
    void dataBeyondTheWindowEndsTheSession() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, WINDOW);
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 2, 1));
    }

    @Test
    void openingDataBeyondTheWindowEndsTheSession() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, WINDOW);
        assertThrows(YamuxException.class, () -> receive(Type.DATA, Frame.SYN, 4, WINDOW + 1));
    }

    @Test
    void aWindowUpdateThatOverflowsEndsTheSession() throws YamuxException {
        int id = opened(1);
        receive(Type.WINDOW, Frame.ACK, id, 0xffff_ffffL - WINDOW + 1);
        assertThrows(YamuxException.class, () -> receive(Type.WINDOW, 0, id, 1));
    }

    @Test
    void aFrameThatClaimsFourGigabytesEndsTheSessionWhateverItsStream() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, 1);
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 2, 0xffff_ffffL));
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 99, 0xffff_ffffL));
    }

    @Test
    void dataForAStreamThatIsGoneIsPassedOver() throws YamuxException {
        int id = opened(1);
        session.reset(id);
        assertEquals(List.of(new Action.Discard(100)), receive(Type.DATA, 0, id, 100));
        assertEquals(List.of(), receive(Type.WINDOW, 0, id, 100));
    }

    @Test
    void aStreamWithAnIdOfThisEndOrOneThatIsOpenCannotBeOpened() throws YamuxException {
        assertThrows(YamuxException.class, () -> receive(Type.WINDOW, Frame.SYN, 1, 0));
        receive(Type.WINDOW, Frame.SYN, 2, 0);
        assertThrows(YamuxException.class, () -> receive(Type.WINDOW, Frame.SYN, 2, 0));
    }

    @Test
    void framesOnTheWrongStreamEndTheSession() {
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 0, 1));
        assertThrows(YamuxException.class, () -> receive(Type.WINDOW, 0, 0, 1));
        assertThrows(YamuxException.class, () -> receive(Type.PING, Frame.SYN, 1, 1));
        assertThrows(YamuxException.class, () -> receive(Type.PING, 0, 0, 1));
    }

    @Test
    void anUnknownVersionOrTypeEndsTheSession() {
        assertThrows(YamuxException.class, () -> Frame.parse(1L << 56, 0));
        assertThrows(YamuxException.class, () -> Frame.parse(4L << 48, 0));
    }

    @Test
    void dataAfterTheEndOfAStreamEndsTheSession() throws YamuxException {
        receive(Type.DATA, Frame.SYN | Frame.FIN, 2, 1);
        assertThrows(YamuxException.class, () -> receive(Type.DATA, 0, 2, 1));
    }

    @Test
    void oneStreamMoreThanAllowedIsRefusedAndTheOthersGoOn() throws YamuxException {
        for (int i = 1; i <= OPTIONS.maxIncoming(); i++) {
            assertInstanceOf(Action.Opened.class, receive(Type.WINDOW, Frame.SYN, 2 * i, 0).getFirst());
        }
        int oneMore = 2 * (OPTIONS.maxIncoming() + 1);
        assertEquals(List.of(new Action.Discard(5)), receive(Type.DATA, Frame.SYN, oneMore, 5));
        assertEquals(new Frame(Type.WINDOW, Frame.RST, oneMore, 0), session.poll());
        assertEquals(List.of(new Action.Deliver(2, 5)), receive(Type.DATA, 0, 2, 5));
    }

    @Test
    void aPeerThatOpensAndResetsWithoutReadingItsAnswersIsCutOff() {
        assertThrows(YamuxException.class, () -> {
            for (int id = 2; id < 100_000; id += 2) {
                receive(Type.WINDOW, Frame.SYN, id, 0);
                session.reset(id);
            }
        });
        assertTrue(session.answerCount() <= OPTIONS.maxAnswers());
    }

    @Test
    void aPeerThatPingsWithoutReadingItsAnswersIsCutOff() {
        assertThrows(YamuxException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                receive(Type.PING, Frame.SYN, 0, i);
            }
        });
        assertTrue(session.answerCount() <= OPTIONS.maxAnswers());
    }

    @Test
    void aPingEveryFewSecondsIsFineForYears() throws YamuxException {
        for (int i = 0; i < 100_000; i++) {
            session.receive(new Frame(Type.PING, Frame.SYN, 0, i), 5 * i * SECOND);
            assertNotNull(session.poll());
        }
    }

    @Test
    void aWindowUpdateForEachFrameThatWasSentIsFine() throws YamuxException {
        int id = opened(1);
        for (int i = 0; i < 100_000; i++) {
            receive(Type.WINDOW, 0, id, 1);
            session.queue(id, 1);
            assertNotNull(session.poll());
        }
    }

    @Test
    void oneWayStreamsOneAfterTheOtherAreFine() throws YamuxException {
        for (int id = 2; id < 100_000; id += 2) {
            receive(Type.DATA, Frame.SYN, id, 1);
            receive(Type.WINDOW, Frame.FIN, id, 0);
            session.finish(id);
            assertNotNull(session.poll());
        }
        assertEquals(0, session.streamCount());
    }

    @Test
    void aPingIsAnsweredWithItsValue() throws YamuxException {
        receive(Type.PING, Frame.SYN, 0, 0xdead_beefL);
        assertEquals(new Frame(Type.PING, Frame.ACK, 0, 0xdead_beefL), session.poll());
    }

    @Test
    void atMostAsManyStreamsAreOpenedAsThePeerMayLeaveUnanswered() throws YamuxException {
        int[] ids = new int[OPTIONS.ackBacklog() + 2];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = session.open(0);
            session.queue(ids[i], 1);
        }
        assertEquals(OPTIONS.ackBacklog(), drain().size());
        receive(Type.WINDOW, Frame.ACK, ids[0], 0);
        assertEquals(List.of(new Frame(Type.DATA, Frame.SYN, ids[ids.length - 2], 1)), drain());
        session.reset(ids[1]);
        assertEquals(2, drain().size());
    }

    @Test
    void streamsBeyondThisEndsOwnLimitAreNotOpened() {
        for (int i = 0; i < OPTIONS.maxOutgoing(); i++) {
            assertTrue(session.open(0) > 0);
        }
        assertEquals(0, session.open(0));
        session.reset(1);
        assertTrue(session.open(0) > 0);
    }

    @Test
    void aLinkOnWhichAPingStaysUnansweredIsDead() {
        session.tick(0);
        assertNotNull(session.poll());
        long late = OPTIONS.pingLimit().toNanos();
        assertEquals(List.of(), session.tick(late));
        assertInstanceOf(Action.Lost.class, session.tick(late + 1).getFirst());
    }

    @Test
    void aLinkThatCarriesDataIsNotDeadHoweverLateThePing() throws YamuxException {
        session.tick(0);
        long late = OPTIONS.pingLimit().toNanos() + 1;
        session.receive(new Frame(Type.DATA, Frame.SYN, 2, 1), late - 1);
        assertEquals(List.of(), session.tick(late));
    }

    @Test
    void aPeerThatSendsToNobodyIsStopped() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, 1);
        session.ignore(2, 0);
        assertEquals(List.of(new Action.Discard(1000)), receive(Type.DATA, 0, 2, 1000));
        List<Action> actions = receive(Type.DATA, 0, 2, WINDOW / 2);
        assertEquals(new Action.Discard(WINDOW / 2), actions.getFirst());
        assertInstanceOf(Action.Reset.class, actions.getLast());
        assertFalse(session.knows(2));
    }

    @Test
    void aStreamWhoseReaderIsGoneDoesNotStayForEver() throws YamuxException {
        receive(Type.DATA, Frame.SYN, 2, 1);
        session.ignore(2, 0);
        assertEquals(List.of(), session.tick(OPTIONS.linger().toNanos()));
        session.receive(new Frame(Type.PING, Frame.ACK, 0, 1), OPTIONS.linger().toNanos());
        assertInstanceOf(Action.Reset.class, session.tick(OPTIONS.linger().toNanos() + 1).getFirst());
    }

    @Test
    void afterAGoodbyeNoStreamIsOpenedByEitherEnd() throws YamuxException {
        session.goAway(0);
        assertEquals(new Frame(Type.GO_AWAY, 0, 0, 0), session.poll());
        assertEquals(0, session.open(0));
        assertEquals(List.of(), receive(Type.WINDOW, Frame.SYN, 2, 0));
        assertEquals(new Frame(Type.WINDOW, Frame.RST, 2, 0), session.poll());
        assertEquals(List.of(new Action.GoneAway(1)), receive(Type.GO_AWAY, 0, 0, 1));
    }

    private int opened(int bytes) {
        int id = session.open(0);
        session.queue(id, bytes);
        session.poll();
        return id;
    }

    private List<Action> receive(Type type, int flags, int stream, long length) throws YamuxException {
        return session.receive(new Frame(type, flags, stream, length), 0);
    }

    private List<Frame> drain() {
        return new ArrayList<>(Stream.generate(session::poll).takeWhile(f -> f != null).toList());
    }
}
