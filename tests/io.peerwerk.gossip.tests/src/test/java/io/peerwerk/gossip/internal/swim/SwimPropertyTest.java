// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for one peer whatever it is told, in whatever order. */
class SwimPropertyTest {

    private static final int PEERS = 12;
    private static final int MAX_MEMBERS = 8;
    private static final SwimOptions OPTIONS =
            new SwimOptions(1000, 400, 3, 3, 4, 3, 200, 2, 30_000, 10_000, 60_000, MAX_MEMBERS);

    private long clock;
    private Swim swim;
    private final Deque<SwimAction.Ask> open = new ArrayDeque<>();
    private Member presented;
    private final Set<Long> unanswered = new HashSet<>();
    private final Map<PeerId, Member> told = new HashMap<>();

    @Property(tries = 100)
    void itStaysConsistentWhateverItIsTold(@ForAll long seed, @ForAll boolean partial,
            @ForAll("chaos") List<SwimMessage.Request> chaos) {
        clock = 2000_000;
        open.clear();
        unanswered.clear();
        told.clear();
        swim = new Swim(Peers.identity(0), List.of(Peers.address(0)),
                partial ? OPTIONS.withView(MAX_MEMBERS) : OPTIONS, () -> Instant.ofEpochMilli(clock),
                new SplittableRandom(seed));
        presented = swim.self();
        var random = new SplittableRandom(seed);
        perform(new SwimInput.Tick());
        long ticket = 0;
        long incarnation = 0;
        for (SwimMessage.Request request : chaos) {
            clock += random.nextInt(2000);
            unanswered.add(++ticket);
            perform(new SwimInput.Received(request, ticket));
            settleSome(random);
            perform(new SwimInput.Tick());
            assertTrue(swim.self().incarnation() >= incarnation, "an incarnation never falls");
            incarnation = swim.self().incarnation();
            assertEquals(presented, swim.self());
            assertTrue(swim.members().size() <= MAX_MEMBERS);
            assertTrue(swim.find(Peers.id(0)).isEmpty(), "this peer is no member of its own list");
            assertEquals(new HashSet<>(swim.members()), new HashSet<>(told.values()), "every change is told");
        }
        while (!open.isEmpty()) {
            perform(new SwimInput.Failed(open.remove().ticket()));
        }
        assertTrue(unanswered.isEmpty(), "every request gets its answer");
        clock += 3 * 60_000;
        quiet();
        assertTrue(swim.members().stream().noneMatch(member -> member.state() == MemberState.SUSPECT),
                "nobody stays suspect for ever");
    }

    /** Answers some of what it asked, lets others fail. */
    private void settleSome(SplittableRandom random) {
        for (int i = open.size(); i > 0; i--) {
            SwimAction.Ask ask = open.remove();
            switch (random.nextInt(3)) {
                case 0 -> perform(new SwimInput.Failed(ask.ticket()));
                case 1 -> {
                    long incarnation = swim.find(ask.to().id()).map(Member::incarnation).orElse(0L);
                    var sender = new Sender(ask.to().id(), incarnation, null, random.nextInt(3));
                    perform(new SwimInput.Answered(ask.ticket(),
                            new SwimMessage.Answer(sender, random.nextBoolean(), List.of()), 5));
                }
                default -> open.add(ask);
            }
        }
    }

    /** A while in which nobody answers and nobody says anything. */
    private void quiet() {
        for (int i = 0; i < 200; i++) {
            clock += 250;
            perform(new SwimInput.Tick());
            for (SwimAction.Ask ask : new ArrayList<>(open)) {
                perform(new SwimInput.Failed(ask.ticket()));
            }
            open.clear();
        }
    }

    private void perform(SwimInput input) {
        for (SwimAction action : swim.handle(input)) {
            switch (action) {
                case SwimAction.Ask ask -> {
                    assertTrue(ask.request().rumours().size() <= SwimOptions.MAX_RUMOURS);
                    assertTrue(ask.timeoutMillis() > 0);
                    open.add(ask);
                }
                case SwimAction.Answer(long ticket, SwimMessage.Answer answer) ->
                    assertTrue(unanswered.remove(ticket), "one answer for each request");
                case SwimAction.Refuse(long ticket, String why) ->
                    assertTrue(unanswered.remove(ticket), "no answer for each lie");
                case SwimAction.Wake(long millis) -> assertTrue(millis > 0);
                case SwimAction.Changed(Member before, Member now) -> {
                    assertEquals(before == null ? null : withoutRoundTrip(before),
                            told.containsKey(now.id()) ? withoutRoundTrip(told.get(now.id())) : null);
                    told.put(now.id(), now);
                }
                case SwimAction.Measured(Member now) -> told.replace(now.id(), now);
                case SwimAction.Forgotten(PeerId peer) -> told.remove(peer);
                case SwimAction.Presented(Member self) -> presented = self;
            }
        }
    }

    private static Member withoutRoundTrip(Member member) {
        return new Member(member.id(), member.addresses(), member.state(), member.incarnation(), member.since(), null,
                member.offer());
    }

    @Provide
    static Arbitrary<List<SwimMessage.Request>> chaos() {
        Arbitrary<Long> incarnations = Arbitraries.oneOf(Arbitraries.longs().between(0, 5),
                Arbitraries.longs().between(1990, 2100), Arbitraries.longs().between(0, Card.MAX_INCARNATION));
        return Arbitraries.integers().between(1, PEERS - 1)
                .flatMap(from -> SwimArbitraries.requests(from, PEERS, incarnations)).list().ofMaxSize(60);
    }
}
