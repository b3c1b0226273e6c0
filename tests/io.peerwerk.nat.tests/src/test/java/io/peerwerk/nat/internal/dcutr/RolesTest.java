// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The two roles of a hole punch, on a clock of the test's own. */
class RolesTest {

    private static final List<Multiaddr> A = List.of(Multiaddr.of("/ip4/198.51.100.1/tcp/4001"));
    private static final List<Multiaddr> B = List.of(Multiaddr.of("/ip4/203.0.113.1/tcp/4001"));
    private static final PunchMessage CONNECT_A = PunchMessage.connect(A);
    private static final PunchMessage CONNECT_B = PunchMessage.connect(B);

    private final Inviter inviter = new Inviter(() -> B, claimed -> claimed);
    private final Invited invited = new Invited(() -> A, claimed -> claimed);
    private long now = 1_000_000_000L;

    private Action on(Event event) {
        return inviter.on(event, now);
    }

    @Test
    void whoCanBeDialledIsDialledFirst() {
        assertEquals(new Action.Dial(A), on(new Event.Begun(A)));
        assertEquals(new Action.Finish(true), on(new Event.Connected()));
    }

    @Test
    void whoCannotBeDialledIsInvitedAndMetHalfARoundTripLater() {
        on(new Event.Begun(A));
        assertEquals(new Action.Ask(CONNECT_B), on(new Event.Failed()));
        now += Duration.ofMillis(80).toNanos();
        assertEquals(new Action.TellAndPause(PunchMessage.sync(), Duration.ofMillis(40)), on(new Event.Said(CONNECT_A)));
        assertEquals(new Action.Meet(A, false), on(new Event.Elapsed()));
        assertEquals(new Action.Finish(true), on(new Event.Connected()));
    }

    @Test
    void whoTellsNoAddressIsInvitedAtOnceThreeTimesAtMost() {
        assertEquals(new Action.Ask(CONNECT_B), on(new Event.Begun(List.of())));
        for (int attempt = 1; attempt <= Inviter.ATTEMPTS; attempt++) {
            assertInstanceOf(Action.TellAndPause.class, on(new Event.Said(CONNECT_A)));
            assertInstanceOf(Action.Meet.class, on(new Event.Elapsed()));
            Action next = on(new Event.Failed());
            assertEquals(attempt < Inviter.ATTEMPTS ? new Action.Ask(CONNECT_B) : new Action.Finish(false), next);
        }
    }

    @Test
    void eachAttemptMeasuresTheRoundTripAnew() {
        on(new Event.Begun(List.of()));
        now += Duration.ofSeconds(60).toNanos();
        assertEquals(new Action.TellAndPause(PunchMessage.sync(), Duration.ofSeconds(2)), on(new Event.Said(CONNECT_A)));
        on(new Event.Elapsed());
        on(new Event.Failed());
        now += Duration.ofMillis(10).toNanos();
        assertEquals(new Action.TellAndPause(PunchMessage.sync(), Duration.ofMillis(5)), on(new Event.Said(CONNECT_A)));
    }

    @Test
    void withoutAnAddressOnEitherSideThereIsNoWay() {
        var lost = new Inviter(List::of, claimed -> claimed);
        assertEquals(new Action.Finish(false), lost.on(new Event.Begun(List.of()), now));
        on(new Event.Begun(List.of()));
        assertEquals(new Action.Finish(false), on(new Event.Said(PunchMessage.connect(List.of()))));
        assertEquals(new Action.Finish(false), invited.on(new Event.Said(PunchMessage.connect(List.of()))));
    }

    @Test
    void whoIsInvitedAnswersAndComesAsTheClient() {
        assertEquals(new Action.Answer(CONNECT_A), invited.on(new Event.Said(CONNECT_B)));
        assertEquals(new Action.Meet(B, true), invited.on(new Event.Said(PunchMessage.sync())));
        assertEquals(new Action.Finish(true), invited.on(new Event.Connected()));
    }

    @Test
    void messagesOutOfTurnEndIt() {
        assertEquals(new Action.Finish(false), invited.on(new Event.Said(PunchMessage.sync())));
        var again = new Invited(() -> A, claimed -> claimed);
        again.on(new Event.Said(CONNECT_B));
        assertEquals(new Action.Finish(false), again.on(new Event.Said(CONNECT_B)));
        on(new Event.Begun(List.of()));
        assertEquals(new Action.Finish(false), on(new Event.Said(PunchMessage.sync())));
    }

    @Property
    void whateverHappensItEndsAfterThreeAttempts(@ForAll("histories") List<Event> events) {
        on(new Event.Begun(A));
        int meetings = 0;
        boolean over = false;
        for (Event event : events) {
            Action action = on(event);
            meetings += action instanceof Action.Meet ? 1 : 0;
            over |= action instanceof Action.Finish;
            assertEquals(over, action instanceof Action.Finish, "it goes on after its end");
        }
        assertEquals(true, meetings <= Inviter.ATTEMPTS);
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.<Event>of(new Event.Failed(), new Event.Elapsed(), new Event.Said(CONNECT_A),
                new Event.Said(PunchMessage.sync())).list().ofMaxSize(30);
    }
}
